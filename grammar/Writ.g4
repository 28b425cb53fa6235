// SPDX-License-Identifier: MIT
// The Writ language. Precedence table and reserved words: grammar/README.md.
grammar Writ;

file : moduleDecl? useDecl* decl* EOF ;

moduleDecl : MODULE qualified ;
qualified : name (DOT name)* ;
useDecl : USE qualified (DOT LBRACE name (COMMA name)* COMMA? RBRACE)? ;

decl : control | testDecl | record | function | constant | framework ;

// ---- controls
control : CONTROL name STRING? LBRACE controlItem* RBRACE ;
controlItem
  : PARAM name COLON type (ASSIGN expr)? (IN expr)? paramBlock?   # paramItem
  | ON typeRef (COMMA typeRef)* AS name                            # onItem
  | WHERE expr                                                     # whereItem
  | REQUIRE expr (ELSE STRING)?                                    # requireItem
  | constant                                                       # constantItem
  | function                                                       # functionItem
  | IDENT metaValue (COMMA metaValue)*                             # metaItem
  ;
paramBlock : LBRACE (IDENT STRING)* RBRACE ;
metaValue : word? STRING | word | INTEGER | TRUE | FALSE | LBRACK (STRING (COMMA STRING)* COMMA?)? RBRACK ;
word : IDENT (MINUS IDENT)* ;
typeRef : name (DOT name)* (SLASH name)+ ;

// ---- other declarations
constant : LET name ASSIGN expr ;
function : PRIVATE? FN name LPAREN (parameter (COMMA parameter)*)? RPAREN (COLON type)? ASSIGN expr ;
parameter : name (COLON type)? ;
record : RECORD typeRef LBRACE recordField* RBRACE ;
recordField : (name | STRING) COLON type COMMA? ;
type
  : LBRACK type RBRACK           # arrayType
  | LBRACE recordField* RBRACE   # objectType
  | name                         # namedType
  ;
framework : FRAMEWORK name STRING (IDENT STRING)* LBRACE (STRING STRING)* RBRACE ;

// ---- tests
testDecl : TEST name LBRACE testCase* RBRACE ;
testCase : IDENT STRING testClause* object ;
testClause : IDENT (object | array | STRING) ;

// Start rule for the {…} of a message.
expression : expr EOF ;

// ---- expressions: one left-recursive rule, strongest binding first
expr
  : primary                                                      # primaryExpr
  | expr DOT name LPAREN (expr (COMMA expr)*)? RPAREN            # methodExpr
  | expr DOT name                                                # memberExpr
  | expr LBRACK expr RBRACK                                      # indexExpr
  | expr RANGE expr                                              # rangeExpr
  | expr op=(EQ | NE | LT | LE | GT | GE) expr                   # compareExpr
  | expr NOT? op=(IN | LIKE | MATCHES | CONTAINS) expr           # relationExpr
  | expr MATCHES EXACTLY expr                                    # exactExpr
  | expr NOT MATCHES EXACTLY expr                                # notExactExpr
  | expr HAS NO? KEY expr                                        # keyExpr
  | expr NOT? EXISTS                                             # existsExpr
  | NOT expr                                                     # notExpr
  | expr AND expr                                                # andExpr
  | expr OR expr                                                 # orExpr
  | IF expr THEN expr ELSE expr                                  # ifExpr
  | quantifier=(ANY | ALL | NONE) name IN expr COLON expr        # quantifierExpr
  ;

primary
  : COUNT LPAREN name IN expr (WHERE expr)? RPAREN               # countEach
  | COUNT LPAREN expr RPAREN                                     # countAll
  | name LPAREN (expr (COMMA expr)*)? RPAREN                     # callPrimary
  | name                                                         # namePrimary
  | STRING                                                       # stringPrimary
  | MINUS? INTEGER                                               # integerPrimary
  | MINUS? FLOAT                                                 # floatPrimary
  | DURATION                                                     # durationPrimary
  | TRUE                                                         # truePrimary
  | FALSE                                                        # falsePrimary
  | NULL_                                                        # nullPrimary
  | array                                                        # arrayPrimary
  | object                                                       # objectPrimary
  | LPAREN expr RPAREN                                           # groupPrimary
  ;
array : LBRACK (expr (COMMA expr)* COMMA?)? RBRACK ;
object : LBRACE (member (COMMA member)* COMMA?)? RBRACE ;
member : (name | STRING) COLON expr ;

// Every keyword may be a name: properties and members are called whatever Azure calls them.
name
  : IDENT | MODULE | USE | CONTROL | PARAM | ON | AS | WHERE | REQUIRE | LET | PRIVATE | FN | RECORD | FRAMEWORK | TEST
  | LIKE | MATCHES | EXACTLY | CONTAINS | HAS | NO | KEY | EXISTS | COUNT | THEN
  ;

// ---- tokens
MODULE : 'module' ; USE : 'use' ; CONTROL : 'control' ; PARAM : 'param' ; ON : 'on' ; AS : 'as' ; WHERE : 'where' ;
REQUIRE : 'require' ; ELSE : 'else' ; LET : 'let' ; PRIVATE : 'private' ; FN : 'fn' ; RECORD : 'record' ;
FRAMEWORK : 'framework' ; TEST : 'test' ;
AND : 'and' ; OR : 'or' ; NOT : 'not' ; IN : 'in' ; LIKE : 'like' ; MATCHES : 'matches' ; EXACTLY : 'exactly' ;
CONTAINS : 'contains' ; HAS : 'has' ; NO : 'no' ; KEY : 'key' ; EXISTS : 'exists' ; ANY : 'any' ; ALL : 'all' ;
NONE : 'none' ; COUNT : 'count' ; IF : 'if' ; THEN : 'then' ; TRUE : 'true' ; FALSE : 'false' ; NULL_ : 'null' ;

EQ : '==' ; NE : '!=' ; LE : '<=' ; GE : '>=' ; LT : '<' ; GT : '>' ; ASSIGN : '=' ; RANGE : '..' ;
DOT : '.' ; COMMA : ',' ; COLON : ':' ; SLASH : '/' ; MINUS : '-' ;
LPAREN : '(' ; RPAREN : ')' ; LBRACK : '[' ; RBRACK : ']' ; LBRACE : '{' ; RBRACE : '}' ;

STRING : '"' (~["\\\r\n] | '\\' .)* '"' ;
DURATION : [0-9]+ [dhms] ;
FLOAT : [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? ;
INTEGER : [0-9]+ ;
IDENT : [A-Za-z_$@] [A-Za-z0-9_]* ;

DOC : '///' ~[\r\n]* -> channel(HIDDEN) ;
COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
BLANK : [ \t\r\n\uFEFF]+ -> channel(HIDDEN) ;
// Anything else becomes a token of its own, so that the parser reports it and goes on.
UNEXPECTED : . ;

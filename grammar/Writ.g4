// SPDX-License-Identifier: MIT
// The Writ language. Precedence table and reserved words: grammar/README.md.
grammar Writ;

// Words of an `initiative` block; identifiers everywhere else (compiler/syntax/antlr_tokens.cpp).
tokens { INCLUDE, EXCEPT, WITH, GROUP, GROUPS, FROM, SET, FORWARDS }

file : moduleDecl? useDecl* decl* EOF ;

moduleDecl : MODULE qualified ;
qualified : name (DOT anyName)* ;
useDecl : USE qualified (DOT LBRACE name (COMMA name)* COMMA? RBRACE)? ;

decl : control | testDecl | record | function | constant | framework | definition ;

// ---- controls
control : CONTROL name STRING? LBRACE controlItem* RBRACE ;
controlItem
    // Primaries, not expressions: `= Audit in [Audit, Deny]` would be one comparison.
  : PARAM name COLON type (ASSIGN initial=primary)? (IN allowed=primary)? paramBlock?   # paramItem
  | ON typeRef (COMMA typeRef)* AS name                            # onItem
  | WHERE expr                                                     # whereItem
  | REQUIRE expr (ELSE STRING)?                                    # requireItem
  | constant                                                       # constantItem
  | function                                                       # functionItem
    // `remediate modify {…}`, `deny action […]` and `manual {…}` are words known to the checker: no property loses its name to
    // them. One alternative, so that a mistake is reported where it is.
  | IDENT (block | metaValue (remedies | actions | (COMMA metaValue)*))   # metaItem
  ;
paramBlock : LBRACE (IDENT STRING)* RBRACE ;
metaValue : word? STRING | word | INTEGER | TRUE | FALSE | LBRACK (STRING (COMMA STRING)* COMMA?)? RBRACK ;
word : wordPart (MINUS wordPart)* ;
wordPart : IDENT | ALL | ANY | NONE ;
block : LBRACE (IDENT metaValue)* RBRACE ;
remedies : LBRACE remedy* RBRACE ;
actions : LBRACK word (COMMA word)* RBRACK (IDENT word)? ;
remedy : IDENT expr (ASSIGN expr)? (WHEN expr)? ;
typeRef : name (DOT anyName)* (SLASH anyName)+ ;

// ---- Azure Policy definitions and initiatives with Azure's own meaning, as `writ import` writes them
definition : (DEFINITION | INITIATIVE) name STRING? LBRACE definitionItem* RBRACE ;
definitionItem
  : PARAM (name | STRING) COLON type (ASSIGN initial=primary)? (IN allowed=primary)? paramBlock?  # definitionParam
  | ON typeRef AS name                                             # definitionOn
  | constant                                                       # definitionLet
  | WHEN expr                                                      # definitionWhen
  | IDENT expr                                                     # definitionField
    // Initiatives of controls.
  | INCLUDE included (COMMA included)* includeClause*              # initiativeInclude
  | GROUP STRING (COMMA STRING)* (FROM name (AS STRING)? | STRING)? # initiativeGroup
  | GROUPS FROM name (COMMA name)*                                 # initiativeGroups
  | PARAM (name | STRING) FORWARDS IDENT (ALL | memberName (COMMA memberName)*) (AS (anyName | STRING))?  # initiativeForward
  | SET (name | STRING) ASSIGN primary (IN memberName (COMMA memberName)*)? (WHERE IDENT)?               # initiativeSet
  ;
included : IDENT STRING | memberName ;
includeClause
  : EXCEPT memberName (COMMA memberName)*
  | AS (anyName | STRING)
  | WITH object
  | IN STRING (COMMA STRING)*
  ;
memberName : name (DOT anyName)* (DOT STAR)? ;

// ---- other declarations
constant : LET name ASSIGN expr ;
function : PRIVATE? FN name LPAREN (parameter (COMMA parameter)*)? RPAREN (COLON type)? ASSIGN expr ;
parameter : name (COLON type)? ;
record : RECORD typeRef LBRACE recordField* RBRACE ;
recordField : (anyName | STRING) COLON type COMMA? ;
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
  | expr DOT anyName arguments?                                  # memberExpr
  | expr LBRACK expr RBRACK                                      # indexExpr
  | expr RANGE expr                                              # rangeExpr
  | expr op=(EQ | NE | LT | LE | GT | GE) expr                   # compareExpr
  // Before relationExpr: `exactly` may be a name too.
  | expr NOT? MATCHES EXACTLY expr                               # exactExpr
  | expr NOT? op=(IN | LIKE | MATCHES | CONTAINS) expr           # relationExpr
  | expr HAS NO? KEY expr                                        # keyExpr
  | expr NOT? EXISTS                                             # existsExpr
  | NOT expr                                                     # notExpr
  | expr AND expr                                                # andExpr
  | expr OR expr                                                 # orExpr
  | IF expr THEN expr ELSE expr                                  # ifExpr
  | quantifier=(ANY | ALL | NONE) name IN expr COLON expr        # quantifierExpr
  | quantity=(SOME | NO) related                                 # relatedExpr
  ;

primary
    // `x in xs` is read as a comparison and taken apart later: two alternatives would be ambiguous.
    // The name of a resource type begins like an expression: `count(A.B/c of x as r)` is `A.B` with something behind it.
  : COUNT (LPAREN expr (WHERE expr | relatedTail)? RPAREN)?      # countPrimary
  | plainName arguments?                                         # namePrimary
  | STRING                                                       # stringPrimary
  | MINUS? INTEGER                                               # integerPrimary
  | MINUS? FLOAT                                                 # floatPrimary
  | MINUS? DURATION                                              # durationPrimary
  | TRUE                                                         # truePrimary
  | FALSE                                                        # falsePrimary
  | NULL_                                                        # nullPrimary
  | array                                                        # arrayPrimary
  | object                                                       # objectPrimary
  | LPAREN expr RPAREN                                           # groupPrimary
  ;
// Other resources: `T of x`, `T in resource group of x`, `T in subscription of x`, or T anywhere.
related : typeRef relatedOf ;
relatedTail : (SLASH anyName)+ relatedOf ;
relatedOf : place? selector* AS name (WHERE expr)? ;
place : OF expr | IN IDENT IDENT? primary? OF expr ;
selector : IDENT primary ;
arguments : LPAREN (expr (COMMA expr)*)? RPAREN ;
array : LBRACK (expr (COMMA expr)* COMMA?)? RBRACK ;
object : LBRACE (member (COMMA member)* COMMA?)? RBRACE ;
member : (anyName | STRING) COLON expr ;

// Words of conditions may be names where no condition can stand. Words that begin a declaration or an item are made
// identifiers before parsing where they stand for a name (compiler/syntax/antlr_tokens.cpp): a rule that took them as names
// everywhere would swallow the next item after a mistake.
name : plainName | COUNT ;
plainName : IDENT | LIKE | MATCHES | EXACTLY | CONTAINS | HAS | NO | KEY | EXISTS | THEN | SOME | OF | WHEN ;

// After a dot, a slash or before a colon every keyword is a name: properties are called whatever Azure calls them.
anyName : name | ELSE | AND | OR | NOT | IN | ANY | ALL | NONE | IF | TRUE | FALSE | NULL_ ;

// ---- tokens
MODULE : 'module' ; USE : 'use' ; CONTROL : 'control' ; PARAM : 'param' ; ON : 'on' ; AS : 'as' ; WHERE : 'where' ;
REQUIRE : 'require' ; ELSE : 'else' ; LET : 'let' ; PRIVATE : 'private' ; FN : 'fn' ; RECORD : 'record' ;
FRAMEWORK : 'framework' ; TEST : 'test' ; DEFINITION : 'definition' ; INITIATIVE : 'initiative' ;
AND : 'and' ; OR : 'or' ; NOT : 'not' ; IN : 'in' ; LIKE : 'like' ; MATCHES : 'matches' ; EXACTLY : 'exactly' ;
CONTAINS : 'contains' ; HAS : 'has' ; NO : 'no' ; KEY : 'key' ; EXISTS : 'exists' ; ANY : 'any' ; ALL : 'all' ;
NONE : 'none' ; SOME : 'some' ; OF : 'of' ; WHEN : 'when' ; COUNT : 'count' ; IF : 'if' ; THEN : 'then' ; TRUE : 'true' ; FALSE : 'false' ; NULL_ : 'null' ;

EQ : '==' ; NE : '!=' ; LE : '<=' ; GE : '>=' ; LT : '<' ; GT : '>' ; ASSIGN : '=' ; RANGE : '..' ;
DOT : '.' ; COMMA : ',' ; COLON : ':' ; SLASH : '/' ; MINUS : '-' ;
// Behind a dot only: `include shop.network.*`. Anywhere else it is no sign of the language.
STAR : '*' ;
LPAREN : '(' ; RPAREN : ')' ; LBRACK : '[' ; RBRACK : ']' ; LBRACE : '{' ; RBRACE : '}' ;

STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
DURATION : [0-9]+ [dhms] ;
FLOAT : [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? ;
INTEGER : [0-9]+ ;
IDENT : [A-Za-z_$@] [A-Za-z0-9_]* ;

DOC : '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
BLANK : [ \t\r\n]+ -> channel(HIDDEN) ;

// Mistakes that are tokens of their own, so that the text after them is read as if they had been written well.
UNFINISHED_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
SINGLE_QUOTED : '\'' ~['"\\\r\n]* '\'' ;
UNFINISHED_COMMENT : '/*' (~[*] | '*'+ ~[*/])* '*'* ;
BAD_NUMBER : [0-9]+ [A-Za-z_] [A-Za-z0-9_]* ;
FOREIGN_WORD : [A-Za-z0-9_$@]* [\u0080-\u00FF] [A-Za-z0-9_\u0080-\u00FF]* ;
FOREIGN_AND : '&&' ;
FOREIGN_OR : '||' ;
FOREIGN_NOT : '!' ;
UNEXPECTED : . ;

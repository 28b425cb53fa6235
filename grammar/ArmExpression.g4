// SPDX-License-Identifier: MIT
// The template language inside [...] strings of Azure Policy JSON: literals, calls, property and index access. No
// operators, no grouping, no bare words. Source: "Template expressions" of docs/azure-policy-semantics.md.
grammar ArmExpression;

program : expr EOF ;

expr
  : expr DOT IDENT            # memberExpr
  | expr LBRACK expr RBRACK   # indexExpr
  | call                      # callExpr
  | STRING                    # stringExpr
  | INTEGER                   # integerExpr
  | FLOAT                     # floatExpr
  ;

call : IDENT (DOT IDENT)? LPAREN (expr (COMMA expr)*)? RPAREN ;

STRING : '\'' (~['] | '\'\'')* '\'' ;
FLOAT : '-'? [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? ;
INTEGER : '-'? [0-9]+ ;
IDENT : [A-Za-z_] [A-Za-z0-9_]* ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACK : '[' ;
RBRACK : ']' ;
DOT : '.' ;
COMMA : ',' ;
BLANK : [ \t\r\n]+ -> skip ;

// No rule takes these: every text has tokens, and the parser stops at the first that it cannot use.
UNTERMINATED : '\'' (~['] | '\'\'')* ;
UNEXPECTED : . ;

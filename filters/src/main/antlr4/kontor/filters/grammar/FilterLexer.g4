// The words of Wireshark's display filters. What a WORD is (a field, a number, bytes, an address, a time)
// depends on what it is compared with, and is decided where types are known.
lexer grammar FilterLexer;


OR       : '||' | 'or' ;
XOR      : '^^' | 'xor' ;
AND      : '&&' | 'and' ;
NOT      : '!' | 'not' ;
ANY_EQ   : '==' | 'eq' | 'any_eq' ;
ALL_EQ   : '===' | 'all_eq' ;
ALL_NE   : '!=' | 'ne' | 'all_ne' ;
ANY_NE   : '!==' | '~=' | 'any_ne' ;
LE       : '<=' | 'le' ;
LT       : '<' | 'lt' ;
GE       : '>=' | 'ge' ;
GT       : '>' | 'gt' ;
CONTAINS : 'contains' ;
MATCHES  : '~' | 'matches' ;
IN       : 'in' ;
ANY      : 'any' ;
ALL      : 'all' ;
LPAREN   : '(' ;
RPAREN   : ')' ;
LBRACE   : '{' ;
RBRACE   : '}' ;
COMMA    : ',' ;
DOTDOT   : '..' ;
LBRACKET : '[' -> pushMode(SLICE) ;

STRING     : '"' ( '\\' ~[\r\n] | ~["\\\r\n] )* '"' ;
RAW_STRING : [rR] '"' ( '\\' ~[\r\n] | ~["\\\r\n] )* '"' ;
CHARACTER  : '\'' ( '\\' ~[\r\n] | ~['\\\r\n] )+ '\'' ;
UNCLOSED   : [rR]? '"' ( '\\' ~[\r\n] | ~["\\\r\n] )* '\\'?
           | '\'' ( '\\' ~[\r\n] | ~['\\\r\n] )* '\\'?
           ;

// Dots inside, but not two of them: 1..5 is a range.
WORD  : '-'? [A-Za-z0-9_] ( [A-Za-z0-9_:/+\-] | '.' [A-Za-z0-9_] )* ;
WS    : [ \t\r\n]+ -> skip ;
OTHER : . ;

mode SLICE;
NUMBER    : '0' [xX] [0-9a-fA-F]+ | [0-9]+ ;
DASH      : '-' ;
COLON     : ':' ;
RBRACKET  : ']' -> popMode ;
SLICE_WS  : [ \t\r\n]+ -> skip ;
SLICE_OTHER : . ;

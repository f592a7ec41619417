// Wireshark's display filters: 'not' binds tightest, then 'and', 'xor', 'or'. Lists are flat, so that only
// parentheses and 'not' make a tree deep; both are counted before this grammar sees a text.
parser grammar FilterParser;

options {
    tokenVocab = FilterLexer;
}


filter    : disjunction EOF ;

disjunction          : exclusiveDisjunction ( OR exclusiveDisjunction )* ;
exclusiveDisjunction : conjunction ( XOR conjunction )* ;
conjunction          : negation ( AND negation )* ;
negation             : NOT negation | LPAREN disjunction RPAREN | test ;

test       : quantifier? operand ( comparator operand | NOT? IN set )? ;
quantifier : ANY | ALL ;
comparator : ANY_EQ | ALL_EQ | ALL_NE | ANY_NE | LE | LT | GE | GT | CONTAINS | MATCHES ;

operand  : ( call | WORD | quoted ) slice? ;
call     : WORD LPAREN operand RPAREN ;
quoted   : STRING | RAW_STRING | CHARACTER ;
slice    : LBRACKET range RBRACKET ;
range    : index ( COLON index? | DASH index )? | COLON index ;
index    : DASH? NUMBER ;

set      : LBRACE element ( COMMA? element )* RBRACE ;
element  : literal ( DOTDOT literal )? ;
literal  : WORD | quoted ;

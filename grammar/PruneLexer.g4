// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

lexer grammar PruneLexer;

// A `concat-propagate` that no site follows on its line (set by compiler/syntax/tokens.cpp): the next line is the next statement then.
tokens { CONCAT_PROPAGATE_ALL }

// Words that start an item or a statement, or a clause of one. Where a name is due, the parser's set-up turns them into PATH again
// (compiler/syntax/tokens.cpp), so `site down = ...` and `carrying first` work. What each word does stands in one table,
// compiler/syntax/keywords.cpp. Words that are only a value (`quota`, `up`, `macs`) are no keywords.
KW_PRUNEC           : 'prunec' ;
KW_ARCHITECTURE     : 'architecture' ;
KW_SITE             : 'site' ;
KW_WHERE            : 'where' ;
KW_LAYOUT           : 'layout' ;
KW_USE              : 'use' ;
KW_UNDER            : 'under' ;
KW_AS               : 'as' ;
KW_STRATEGY         : 'strategy' ;
KW_EXTENDS          : 'extends' ;
KW_DEFAULT          : 'default' ;
KW_PRUNE            : 'prune' ;
KW_SKIP             : 'skip' ;
KW_FIRST            : 'first' ;
KW_LAST             : 'last' ;
KW_OF               : 'of' ;
KW_TIE              : 'tie' ;
KW_FROM             : 'from' ;
KW_GRAPH            : 'graph' ;
KW_ACROSS           : 'across' ;
KW_BY               : 'by' ;
KW_CARRYING         : 'carrying' ;
KW_EVEN             : 'even' ;
KW_IF               : 'if' ;
KW_UNRELATED        : 'unrelated' ;
KW_CONCAT_PROPAGATE : 'concat-propagate' ;
KW_CONCAT_SELECT    : 'concat-select' ;
KW_GROUPS           : 'groups' ;
KW_SHUFFLES         : 'shuffles' ;
KW_DIVISIBLE        : 'divisible' ;
KW_ROUND            : 'round' ;
KW_KEEP             : 'keep' ;
KW_REMOVE           : 'remove' ;
KW_AT               : 'at' ;
KW_LEAST            : 'least' ;
KW_MOST             : 'most' ;
KW_RATIO            : 'ratio' ;
KW_EXACT            : 'exact' ;
KW_THRESHOLD        : 'threshold' ;
KW_BUDGET           : 'budget' ;
KW_RANK             : 'rank' ;
KW_GLOBAL           : 'global' ;
KW_PER              : 'per' ;
KW_SCORE            : 'score' ;
KW_GAMMA            : 'gamma' ;
KW_WEIGHT           : 'weight' ;
KW_NORMALIZED       : 'normalized' ;

// Before PATH, since a number is a path too. `2..4` and `features.0` are longer as a path, so they become one.
INT    : [0-9]+ ;
NUMBER : '-'? [0-9]+ ('.' [0-9]+)? ([eE] [+\-]? [0-9]+)? ;

// A whole path pattern is one token; parse_pattern (compiler/plan/path_pattern.cpp) takes it apart and knows what is wrong inside.
// A capture inside it may lack its `}`, so that it gets its own message; at the start that would swallow the `{` of `{prune bn1}`.
PATH : (PATH_SIGN | CLOSED_CAPTURE) (PATH_SIGN | CLOSED_CAPTURE | OPEN_CAPTURE)* ;
fragment PATH_SIGN      : [A-Za-z0-9_\-.*] ;
fragment CLOSED_CAPTURE : '{' CAPTURE_SIGN+ '}' ;
fragment OPEN_CAPTURE   : '{' CAPTURE_SIGN+ ;
fragment CAPTURE_SIGN   : ~[ \t\r\n{}",[\]#] ;

STRING      : '"' ~["\r\n]* '"' ;
OPEN_STRING : '"' ~["\r\n]* ;

LBRACE   : '{' ;
RBRACE   : '}' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
COMMA    : ',' ;
EQUALS   : '=' ;
PERCENT  : '%' ;
PIPE     : '|' ;

COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE   : [ \t\r\n]+ -> skip ;

// Everything else, so that the lexer itself never fails.
STRAY : . ;

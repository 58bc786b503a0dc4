// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

parser grammar PruneParser;

options { tokenVocab = PruneLexer; }

// Every decision is made on one token. The rules for a single word are separate because a message names the rule that failed:
// "expected a policy", not a list of tokens (compiler/syntax/wording.cpp).

file : item* EOF ;

item
  : version
  | architecture
  | site
  | strategy
  | defaultStrategy
  | strayItem
  ;

version         : KW_PRUNEC versionNumber ;
versionNumber   : INT ;
architecture    : KW_ARCHITECTURE name ;
site            : KW_SITE name EQUALS pattern (COMMA pattern)* (KW_WHERE labelValue (COMMA labelValue)*)? ;
labelValue      : label EQUALS value ;
strategy        : strategyHead LBRACE statement* RBRACE ;
strategyHead    : KW_STRATEGY name STRING? (KW_EXTENDS name)? ;
defaultStrategy : KW_DEFAULT KW_STRATEGY name ;

statement
  : prune
  | skip
  | tie
  | divisible
  | ratio
  | threshold
  | strayStatement
  ;

prune           : KW_PRUNE sites ;
skip            : KW_SKIP (end wholeNumber (KW_OF sites)? | sites) ;
end             : KW_FIRST | KW_LAST ;
tie             : KW_TIE sites tieClause* ;
tieClause       : across | by | carrying ;
across          : KW_ACROSS label (COMMA label)* ;
by              : KW_BY policy ;
carrying        : KW_CARRYING sites ;
divisible       : KW_DIVISIBLE wholeNumber divisibleClause* ;
divisibleClause : KW_OF sites | KW_ROUND rounding ;
ratio           : KW_RATIO number PERCENT ;
threshold       : KW_THRESHOLD number ;

sites           : siteUse (COMMA siteUse)* ;
siteUse         : path (LBRACKET filter (COMMA filter)* RBRACKET)? ;
filter          : label EQUALS value (PIPE value)* ;

name            : PATH | INT | NUMBER ;
path            : PATH | INT | NUMBER ;
pattern         : PATH | INT | NUMBER ;
label           : PATH | INT | NUMBER ;
value           : PATH | INT | NUMBER ;
policy          : PATH | INT | NUMBER ;
rounding        : PATH | INT | NUMBER ;
wholeNumber     : INT ;
number          : INT | NUMBER ;

// A token that starts nothing. The tree builder reports a whole line of them once. Tokens that continue something (a comma, `by`) are
// not among them: then what they continue would end early wherever the rest of it has a mistake. Where nothing is to be continued, the
// parser's recovery skips them (compiler/syntax/recovery.cpp).
strayItem
  : PATH | INT | NUMBER | STRING | LBRACE | RBRACE | RBRACKET | EQUALS | PERCENT | KW_FIRST | KW_LAST | KW_EXTENDS
  | KW_PRUNE | KW_SKIP | KW_TIE | KW_DIVISIBLE | KW_RATIO | KW_THRESHOLD
  ;
strayStatement : PATH | INT | NUMBER | STRING | LBRACE | RBRACKET | EQUALS | PERCENT | KW_FIRST | KW_LAST | KW_EXTENDS ;

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
  | use
  | site
  | layout
  | strategy
  | defaultStrategy
  | strayItem
  ;

version         : KW_PRUNEC versionNumber ;
versionNumber   : INT ;
architecture    : KW_ARCHITECTURE name ;
use             : KW_USE fileName useClause* ;
useClause       : KW_UNDER path | KW_AS name ;
site            : KW_SITE name EQUALS pattern (COMMA pattern)* (KW_WHERE labelValue (COMMA labelValue)*)? ;
labelValue      : label EQUALS value ;
layout          : layoutHead LBRACE layoutPart* RBRACE ;
layoutHead      : KW_LAYOUT name ;
layoutPart      : site | strayPart ;
strategy        : strategyHead LBRACE statement* RBRACE ;
strategyHead    : KW_STRATEGY name STRING? (KW_EXTENDS reference)? ;
defaultStrategy : KW_DEFAULT KW_STRATEGY reference ;

statement
  : prune
  | skip
  | tie
  | concatPropagate
  | concatSelect
  | groups
  | shuffles
  | divisible
  | keepAtLeast
  | removeAtMost
  | ratio
  | threshold
  | budget
  | rank
  | score
  | strayStatement
  ;

prune           : KW_PRUNE sites ;
skip            : KW_SKIP (end wholeNumber (KW_OF sites)? | sites) ;
end             : KW_FIRST | KW_LAST ;
tie             : KW_TIE (fromGraph | sites tieClause*) ;
fromGraph       : KW_FROM KW_GRAPH by? ;
tieClause       : across | by | carrying | unrelated ;
across          : KW_ACROSS label (COMMA label)* ;
by              : KW_BY policy ;
carrying        : KW_CARRYING sites ;
unrelated       : KW_EVEN KW_IF KW_UNRELATED ;
concatPropagate : (KW_CONCAT_PROPAGATE sites | CONCAT_PROPAGATE_ALL) concatClause* ;
concatClause    : by | carrying ;
concatSelect    : KW_CONCAT_SELECT sites ;
groups          : KW_GROUPS groupRule (KW_OF sites)? ;
shuffles        : KW_SHUFFLES shuffleRule ;
divisible       : KW_DIVISIBLE wholeNumber divisibleClause* ;
divisibleClause : KW_OF sites | KW_ROUND rounding ;
keepAtLeast     : KW_KEEP KW_AT KW_LEAST number PERCENT? (KW_OF sites)? ;
removeAtMost    : KW_REMOVE KW_AT KW_MOST number PERCENT (KW_OF sites)? ;
ratio           : KW_RATIO number PERCENT KW_EXACT? ;
threshold       : KW_THRESHOLD number ;
budget          : KW_BUDGET resource number PERCENT ;
rank            : KW_RANK (KW_GLOBAL | KW_PER label) ;
score           : KW_SCORE (KW_GAMMA | KW_WEIGHT weightNorm) (KW_NORMALIZED KW_BY normalisation)? ;

sites           : siteUse (COMMA siteUse)* ;
siteUse         : path (LBRACKET filter (COMMA filter)* RBRACKET)? ;
filter          : label EQUALS value (PIPE value)* ;

fileName        : STRING ;
reference       : PATH | INT | NUMBER ;
name            : PATH | INT | NUMBER ;
path            : PATH | INT | NUMBER ;
pattern         : PATH | INT | NUMBER ;
label           : PATH | INT | NUMBER ;
value           : PATH | INT | NUMBER ;
policy          : PATH | INT | NUMBER ;
rounding        : PATH | INT | NUMBER ;
groupRule       : KW_KEEP | PATH | INT | NUMBER ;
shuffleRule     : KW_KEEP | PATH | INT | NUMBER ;
resource        : PATH | INT | NUMBER ;
weightNorm      : PATH | INT | NUMBER ;
normalisation   : PATH | INT | NUMBER ;
wholeNumber     : INT ;
number          : INT | NUMBER ;

// A token that starts nothing. The tree builder reports a whole line of them once. Tokens that continue something (a comma, `by`) are
// not among them: then what they continue would end early wherever the rest of it has a mistake. Where nothing is to be continued, the
// parser's recovery skips them (compiler/syntax/recovery.cpp).
strayItem
  : strayWord | RBRACE
  | KW_PRUNE | KW_SKIP | KW_TIE | KW_CONCAT_PROPAGATE | CONCAT_PROPAGATE_ALL | KW_CONCAT_SELECT | KW_GROUPS | KW_SHUFFLES
  | KW_DIVISIBLE | KW_KEEP | KW_REMOVE | KW_RATIO | KW_THRESHOLD | KW_BUDGET | KW_RANK | KW_SCORE
  ;
strayPart
  : strayWord
  | KW_PRUNE | KW_SKIP | KW_TIE | KW_CONCAT_PROPAGATE | CONCAT_PROPAGATE_ALL | KW_CONCAT_SELECT | KW_GROUPS | KW_SHUFFLES
  | KW_DIVISIBLE | KW_KEEP | KW_REMOVE | KW_RATIO | KW_THRESHOLD | KW_BUDGET | KW_RANK | KW_SCORE
  ;
strayStatement : strayWord ;
strayWord
  : PATH | INT | NUMBER | STRING | LBRACE | RBRACKET | EQUALS
  | KW_FIRST | KW_LAST | KW_FROM | KW_GRAPH | KW_IF | KW_UNRELATED | KW_AT | KW_LEAST | KW_MOST | KW_GLOBAL | KW_PER | KW_GAMMA | KW_WEIGHT
  ;

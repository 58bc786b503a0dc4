" SPDX-FileCopyrightText: 2026 The prunec authors
" SPDX-License-Identifier: Apache-2.0

if exists('b:current_syntax')
  finish
endif

" A path is one word, so `first.site` holds no keyword.
syntax iskeyword @,48-57,_,-,.,*

" Behind these a name is due: on the same line, a keyword there is that name.
syntax keyword pruneKeyword architecture site layout as strategy extends nextgroup=pruneName skipwhite
syntax keyword pruneKeyword where across per nextgroup=pruneLabel skipwhite
syntax keyword pruneKeyword prune under of carrying concat-select nextgroup=prunePath skipwhite
syntax keyword pruneKeyword skip tie nextgroup=prunePath,pruneEnd skipwhite
syntax keyword pruneKeyword by nextgroup=prunePolicy skipwhite
syntax keyword pruneKeyword round nextgroup=pruneRounding skipwhite
syntax keyword pruneKeyword concat-propagate nextgroup=pruneListed skipwhite
syntax keyword pruneKeyword prunec use default first last from graph even if unrelated groups shuffles divisible keep remove at least most
syntax keyword pruneKeyword ratio exact threshold budget rank global score gamma weight normalized

syntax match pruneName /[A-Za-z0-9_.*-]\+/ contained
syntax match pruneLabel /[A-Za-z0-9_.*-]\+/ contained
syntax keyword prunePolicy mean max min sum l2 any all quota contained
syntax keyword pruneRounding up down nearest contained

syntax match prunePath /\%([A-Za-z0-9_.*-]\|{[^ \t{}",[\]#]\+}\?\)\+/ contains=pruneCapture,pruneWildcard
syntax match pruneCapture /{[^ \t{}",[\]#]\+}\?/ contained
syntax match pruneWildcard /\*\+/ contained
syntax match pruneNumber /-\?\<[0-9]\+\%(\.[0-9]\+\)\?\%([eE][+-]\?[0-9]\+\)\?\>%\?/
" `skip first 3` counts, `tie from graph` asks the graph; `skip first, stem` and `tie from, stem` name sites.
syntax match pruneEnd /\<\%(first\|last\|from\)\>\%(\s*[,[]\|\s\+\%(across\|by\|carrying\|even\)\>\)\@!/ contained
" Behind a word whose sites may be left out, a keyword is a site only in a list.
syntax match pruneListed /[A-Za-z0-9_.*-]\+\ze\s*[,[]/ contained
syntax match pruneSign /[,=[|]/ nextgroup=prunePath,pruneNumber skipwhite

syntax region pruneText start=/"/ end=/"/ oneline
syntax match pruneComment /#.*$/ contains=pruneTodo
syntax keyword pruneTodo TODO FIXME XXX contained

highlight default link pruneKeyword Keyword
highlight default link pruneEnd Keyword
highlight default link pruneName Function
highlight default link pruneLabel Identifier
highlight default link prunePolicy Constant
highlight default link pruneRounding Constant
highlight default link pruneCapture Identifier
highlight default link pruneWildcard Special
highlight default link pruneNumber Number
highlight default link pruneText String
highlight default link pruneComment Comment
highlight default link pruneTodo Todo

let b:current_syntax = 'prune'

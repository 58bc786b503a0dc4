" SPDX-FileCopyrightText: 2026 The prunec authors
" SPDX-License-Identifier: Apache-2.0

if exists('b:current_syntax')
  finish
endif

" A path is one word, so `first.site` holds no keyword.
syntax iskeyword @,48-57,_,-,.,*

" Behind these a name is due: on the same line, a keyword there is that name.
syntax keyword pruneKeyword architecture site strategy extends nextgroup=pruneName skipwhite
syntax keyword pruneKeyword where across nextgroup=pruneLabel skipwhite
syntax keyword pruneKeyword prune tie of carrying nextgroup=prunePath skipwhite
syntax keyword pruneKeyword skip nextgroup=prunePath,pruneEnd skipwhite
syntax keyword pruneKeyword by nextgroup=prunePolicy skipwhite
syntax keyword pruneKeyword round nextgroup=pruneRounding skipwhite
syntax keyword pruneKeyword prunec default first last divisible ratio threshold

syntax match pruneName /[A-Za-z0-9_.*-]\+/ contained
syntax match pruneLabel /[A-Za-z0-9_.*-]\+/ contained
syntax keyword prunePolicy mean max min sum l2 any all quota contained
syntax keyword pruneRounding up down nearest contained

syntax match prunePath /\%([A-Za-z0-9_.*-]\|{[^ \t{}",[\]#]\+}\?\)\+/ contains=pruneCapture,pruneWildcard
syntax match pruneCapture /{[^ \t{}",[\]#]\+}\?/ contained
syntax match pruneWildcard /\*\+/ contained
syntax match pruneNumber /-\?\<[0-9]\+\%(\.[0-9]\+\)\?\%([eE][+-]\?[0-9]\+\)\?\>%\?/
" `skip first 3` counts; `skip first, stem` names a site.
syntax match pruneEnd /\<\%(first\|last\)\>\%(\s*[,[]\)\@!/ contained
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

" SPDX-FileCopyrightText: 2026 The prunec authors
" SPDX-License-Identifier: Apache-2.0

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
let b:undo_ftplugin = 'setlocal commentstring< comments< formatprg< shiftwidth< expandtab<'

setlocal commentstring=#\ %s comments=:# shiftwidth=2 expandtab
setlocal formatprg=prunec\ fmt\ /dev/stdin

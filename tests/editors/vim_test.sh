#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# vim_test.sh LEXEME_LIST ROOT: the Vim files in a real Vim, held against prunec's own lexer, word by word. 77: no Vim with syntax.
set -euo pipefail
lexeme_list=$1 root=$2
vim --version 2>/dev/null | grep -q '+syntax' || { echo "there is no Vim with syntax highlighting"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/names.vim" <<'VIM'
" For each line `line column kind text` of $LEXEMES: what Vim makes of the first and the last byte of the text.
set nocompatible
let &runtimepath = $ROOT . '/grammar/editors/vim,' . $VIMRUNTIME
filetype plugin on
syntax enable
execute 'edit' fnameescape($RULES)
let out = [&filetype . ' ' . &commentstring]
for entry in readfile($LEXEMES)
  let [line, column, kind, text] = matchlist(entry, '\v^(\d+)\t(\d+)\t(\a+)\t(.*)$')[1:4]
  for place in [column, column + strlen(text) - 1]
    call add(out, join([line, place, kind, synIDattr(synID(line, place, 1), 'name'), text], "\t"))
  endfor
endfor
call writefile(out, $NAMES)
qall!
VIM

failed=0
for rules in "$root"/rules/*.prune "$root"/examples/*/*.prune "$root"/tests/golden/rules/{good,warn}_*.prune; do
  "$lexeme_list" "$rules" >"$work/lexemes"
  ROOT=$root RULES=$rules LEXEMES=$work/lexemes NAMES=$work/names timeout 60 vim -u NONE -i NONE -n -N -es -S "$work/names.vim" </dev/null ||
    { echo "vim failed on $rules"; exit 1; }
  [[ $(head -n 1 "$work/names") == 'prune # %s' ]] || { echo "$rules: the file type is not known: $(head -n 1 "$work/names")"; exit 1; }
  tail -n +2 "$work/names" | awk -F '\t' -v file="$rules" '
    { seen = $4 == "pruneKeyword" || $4 == "pruneEnd" ? "keyword" : $4 == "pruneText" ? "text" : $4 == "pruneComment" ? "comment" : "other"
      wanted = $3 == "keyword" || $3 == "text" || $3 == "comment" ? $3 : "other"
      if (seen != wanted) { printf "%s:%s:%s: `%s` is %s, but %s\n", file, $1, $2, $5, $3, $4; bad = 1 }
      count++ }
    END { exit bad || count < 10 }' || failed=1
done
exit $failed

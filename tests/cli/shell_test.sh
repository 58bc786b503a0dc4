#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# shell_test.sh PROGRAM SHARE: completion scripts and the manual know every command and flag that `--help` shows, and no other. Bash and
# fish are driven; zsh reads its script. SHARE is the folder that the build writes, as it will be installed. 77: a shell is missing.
set -euo pipefail
program=$(realpath "$1") share=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$work/bin:$PATH" HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data TERM=dumb LC_ALL=C.UTF-8
mkdir -p "$work/bin" "$work/there/sub"
ln -s "$program" "$work/bin/prunec"
cd "$work/there"
touch 'net one.prune' model.pt plan.toml notes.txt
fail() {
  echo "$*" >&2
  exit 1
}
same() {  # same WHAT WANTED GOT: the same words, in any order
  diff <(tr ' ' '\n' <<<"$2" | sort -u | sed '/^$/d') <(tr ' ' '\n' <<<"$3" | sort -u | sed '/^$/d') >"$work/diff" || fail "$1 (< help, > $1):
$(cat "$work/diff")"
}
for shell in zsh fish man groff; do
  command -v "$shell" >/dev/null || { echo "$shell is not installed"; exit 77; }
done

commands=$(prunec --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' | tr '\n' ' ')
[[ $(wc -w <<<"$commands") -ge 5 ]] || fail "the help shows too few commands: $commands"
flags_of() { prunec "$1" --help | grep -E '^  +-' | grep -oE '^  +(-[A-Za-z]|--[a-z-]+)(,--[a-z-]+)?' | tr -d ' ' | tr ',' '\n'; }

# --- bash ---
bash_script=$share/bash-completion/completions/prunec
cmp "$bash_script" <(prunec completion bash) || fail "the build wrote another bash script"
# shellcheck source=/dev/null
source "$bash_script"
complete_bash() {  # complete_bash WORD...: what bash offers for the last word
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _prunec 2>/dev/null
  printf '%s\n' "${COMPREPLY[@]}"
}
complete -p prunec | grep -q -- '-F _prunec prunec' || fail "bash does not know the function"
same "bash" "$commands -h --help --version" "$(complete_bash prunec '')"
same "bash" "compile completion" "$(complete_bash prunec com)"
for command in $commands; do
  same "bash $command" "$(flags_of "$command")" "$(complete_bash prunec "$command" - | grep -v '^-W.')"
done
same "bash" "json" "$(complete_bash prunec check --format j)"
same "bash" "json" "$(complete_bash prunec check --format = j)"
same "bash" "text compact json sarif" "$(complete_bash prunec check --format =)"
same "bash" "-Wunused-site" "$(complete_bash prunec check -Wunused-s)"
same "bash" "unused-site" "$(complete_bash prunec check -Werror = unused-s)"
same "bash" "P0201 P0202" "$(complete_bash prunec explain P020 | grep -E 'P020[12]')"
same "bash" "resnet18" "$(complete_bash prunec compile resnet1)"
[[ $(complete_bash prunec check n) == 'net one.prune' ]] || fail "bash splits a name with a space: $(complete_bash prunec check n)"
same "bash" "model.pt sub" "$(complete_bash prunec apply '')"
same "bash" "model.pt" "$(complete_bash prunec apply --ratio 0.4 --force m)"
[[ -z $(complete_bash prunec apply model.pt '') ]] || fail "bash offers a second model"
[[ -z $(complete_bash prunec apply --ratio '') ]] || fail "bash offers something for a ratio"
# a real, interactive bash, with the real function of readline
offered=$(printf 'source %q\nprunec exp\t P0201 | head -n 1\nexit\n' "$bash_script" | timeout 60 bash --norc --noprofile -i 2>/dev/null | grep -c '^P0201 ' || true)
[[ $offered == 1 ]] || fail "a real bash does not complete \`prunec exp\`"

# --- fish ---
fish_script=$share/fish/vendor_completions.d/prunec.fish
cmp "$fish_script" <(prunec completion fish) || fail "the build wrote another fish script"
complete_fish() { fish --private -c "source $fish_script; complete -C '$1'" | cut -f 1; }
same "fish" "$commands" "$(complete_fish 'prunec ')"
for command in $commands; do
  # For a single dash fish offers the short forms and for two the long ones.
  short=$(complete_fish "prunec $command -" | grep -E '^-[A-Za-z]$' || true)
  same "fish $command" "$(flags_of "$command")" "$short $(complete_fish "prunec $command --" | sed 's/=$//')"
done
same "fish" "json" "$(complete_fish 'prunec check --format j')"
complete_fish 'prunec apply m' | grep -q '^model.pt$' || fail "fish does not find the model"
complete_fish 'prunec compile resnet1' | grep -q '^resnet18$' || fail "fish does not find the installed rules"

# --- zsh ---
zsh_script=$share/zsh/site-functions/_prunec
cmp "$zsh_script" <(prunec completion zsh) || fail "the build wrote another zsh script"
zsh -n "$zsh_script" || fail "zsh does not read its script"
same "zsh" "$commands" "$(sed -n "/commands=(/,/^  )/s/^    '\([a-z]*\):.*/\1/p" "$zsh_script")"
for command in $commands; do
  same "zsh $command" "$(flags_of "$command")" "$(sed -n "/^    $command)/,/^      ;;/p" "$zsh_script" | sed -nE "s/^    '(\([^)]*\)|\*)?(--?[A-Za-z-]+)[-+=[].*/\2/p" | sed 's/^-W-$/-W/')"
done
zsh -f -c "autoload -U compinit; compinit -u -d $work/dump; fpath=($share/zsh/site-functions \$fpath); autoload -U _prunec; whence -f _prunec >/dev/null && (( \${+functions[_prunec]} ))" ||
  fail "zsh cannot load its function"

# --- the manual ---
page=$share/man/man1/prunec.1
cmp "$page" <(prunec man) || fail "the build wrote another manual"
groff -man -ww -Tutf8 -z "$page" 2>"$work/warnings" || true
[[ ! -s $work/warnings ]] || fail "groff warns: $(cat "$work/warnings")"
MANWIDTH=200 MANPAGER=cat man -P cat --warnings -l "$page" 2>"$work/warnings" | sed 's/.\x08//g' >"$work/manual"
[[ ! -s $work/warnings ]] || fail "man warns: $(cat "$work/warnings")"
for command in $commands; do
  sed -n "/^   prunec $command\$/,/^   prunec\|^[A-Z]/{//!p;}" "$work/manual" >"$work/section"
  grep -q "^       prunec $command" "$work/section" || fail "the manual has no section about $command"
  for flag in $(flags_of "$command"); do
    grep -qE -- "(^|[ ,])$flag([ =,A-Z]|\$)" "$work/section" || fail "the manual does not show $flag of $command"
  done
done
grep -q 'EXIT STATUS' "$work/manual" || fail "the manual has no exit codes"

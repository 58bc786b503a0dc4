#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# program_test.sh PROGRAM: what only the real program shows: its libraries, its installed rules, its streams and exit codes.
set -euo pipefail
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
fail() {
  echo "$*" >&2
  exit 1
}
expect() {  # expect CODE ARGUMENT...: runs the program, keeps its streams in out and err
  local wanted=$1 code=0
  shift
  "$program" "$@" >out 2>err </dev/null || code=$?
  [[ $code == "$wanted" ]] || fail "prunec $*: exit code $code instead of $wanted: $(cat out err)"
}

ldd "$program" | grep -qiE 'torch|c10|antlr' && fail "the program links a library that it must not need: $(ldd "$program")"

expect 0 --version
grep -q '^prunec [0-9]' out || fail "no version: $(cat out)"
[[ ! -s err ]] || fail "something on stderr: $(cat err)"

expect 0 compile resnet18 --strategy all
[[ ! -s err && -s resnet18.plan.toml ]] || fail "compile: $(cat err)"

expect 0 check resnet50
expect 2 compile resnet19
[[ ! -s out ]] || fail "a diagnostic on stdout: $(cat out)"
grep -q 'error\[P0806\]' err || fail "no diagnostic: $(cat err)"

printf 'prunec 1\narchitecture net\nstrategy all { prune bn1 }\n' >bad.prune
expect 1 check bad.prune
grep -q '^bad.prune:3:22: error\[P0201\]' err || fail "no place: $(cat err)"

PRUNEC_RUNTIME=$work/absent expect 2 apply model.pt --rules resnet18 --ratio 0.4
grep -q 'error\[P0809\]' err || fail "no word about the runtime: $(cat err)"
echo 'no library' >broken.so
PRUNEC_RUNTIME=$work/broken.so expect 2 apply model.pt --rules resnet18 --ratio 0.4
grep -q 'error\[P0809\]' err || fail "no word about the runtime: $(cat err)"

ln -s "$program" linked
mv linked "$work/elsewhere"
"$work/elsewhere" check resnet18 2>err || fail "the installed rules are not found through a link: $(cat err)"
[[ $("$program" check resnet18 >/dev/full 2>&1; echo $?) == 0 ]] || fail "check prints on stdout"
[[ $("$program" --help >/dev/full; echo $?) == 2 ]] || fail "a result that is lost is no success"

#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# program_test.sh PREFIX VERSION SOURCE CMAKE [TORCH]: the installed program, moved to another place, without this project's own environment.
#   TORCH   the LibTorch that the runtime library was built with; without it there is no runtime library
set -euo pipefail
version=$2 source=$3 cmake=$4 torch=${5:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "$*" >&2
  exit 1
}
cp -r "$1" "$work/moved"
prefix=$work/moved
mkdir "$work/here"
cd "$work/here"
prunec() { env -i PATH=/usr/bin:/bin HOME="$work" "$@"; }

[[ $(prunec "$prefix/bin/prunec" --version) == "prunec $version" ]] || fail "not version $version"
for file in share/man/man1/prunec.1 share/bash-completion/completions/prunec share/zsh/site-functions/_prunec \
            share/fish/vendor_completions.d/prunec.fish share/prunec/rules/resnet18.prune share/prunec/editors/vim/syntax/prune.vim \
            share/doc/prunec/LICENSE lib/cmake/prunec/prunec-config.cmake include/prunec/compiler/plan/plan.h; do
  [[ -s $prefix/$file ]] || fail "$file is not installed"
done
grep -q "\"version\" : \"$version\"" "$prefix/share/prunec/editors/package.json" || fail "the editors' manifest is not of version $version"
grep -rlF "$source" "$prefix/lib/cmake" "$prefix/share" "$prefix/include" && fail "installed files name the folder of the sources"

prunec "$prefix/bin/prunec" compile resnet18 --strategy all >/dev/null || fail "the moved program does not find its rules"
model=$source/examples/quickstart/model.pt
rules=$source/examples/quickstart/digits_resnet.prune
apply=(apply "$model" --rules "$rules" --strategy all --ratio 0.5 --input 1x1x8x8)
if [[ -z $torch ]]; then
  prunec "$prefix/bin/prunec" "${apply[@]}" >out 2>&1 && fail "apply works without a runtime library"
  grep -q 'error\[P0809\]' out || fail "no word about the runtime library: $(cat out)"
  exit 0
fi

prunec "$prefix/bin/prunec" "${apply[@]}" -o by_path.pt --report by_path.json >out 2>&1 || fail "apply: $(cat out)"

# On another machine the LibTorch of the build is not there.
printf 'file(GLOB libraries %s/lib*/libprunec_runtime.so %s/lib/*/libprunec_runtime.so)\nforeach(library IN LISTS libraries)\n  file(RPATH_SET FILE ${library} NEW_RPATH "")\nendforeach()\n' \
       "$prefix" "$prefix" >forget.cmake
"$cmake" -P forget.cmake
prunec "$prefix/bin/prunec" "${apply[@]}" -o lost.pt --report lost.json >out 2>&1 && fail "apply works although nothing names LibTorch"
grep -q 'error\[P0809\]' out && grep -q 'PRUNEC_TORCH_DIR' out || fail "no word about LibTorch: $(cat out)"
prunec PRUNEC_TORCH_DIR="$torch" "$prefix/bin/prunec" "${apply[@]}" -o by_name.pt --report by_name.json >out 2>&1 || fail "PRUNEC_TORCH_DIR: $(cat out)"
cmp by_path.pt by_name.pt || fail "another result by PRUNEC_TORCH_DIR"

# An active Python environment has it too.
mkdir -p "$work/venv/lib/python3.11/site-packages"
ln -s "$torch" "$work/venv/lib/python3.11/site-packages/torch"
prunec VIRTUAL_ENV="$work/venv" "$prefix/bin/prunec" "${apply[@]}" -o by_venv.pt --report by_venv.json >out 2>&1 || fail "VIRTUAL_ENV: $(cat out)"

mkdir -p "$work/old/lib"
ln -s "$torch/lib/libtorch_cpu.so" "$work/old/lib/libtorch_cpu.so"
echo '1.13.1' >"$work/old/build-version"
prunec PRUNEC_TORCH_DIR="$work/old" "$prefix/bin/prunec" "${apply[@]}" -o old.pt --report old.json >out 2>&1 && fail "LibTorch 1.13.1 is taken"
grep -q 'this is LibTorch 1.13.1, and the runtime library was built with' out || fail "no word about the version: $(cat out)"
prunec PRUNEC_TORCH_DIR="$work/nothing" "$prefix/bin/prunec" "${apply[@]}" -o none.pt --report none.json >out 2>&1 && fail "a folder without LibTorch is taken"
grep -q 'there is no LibTorch in this folder' out || fail "no word about the folder: $(cat out)"

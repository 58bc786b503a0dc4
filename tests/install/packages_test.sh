#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# packages_test.sh BUILD VERSION CPACK: the archive and the Debian package, each unpacked into a folder of its own; the package also in a root
# folder that holds nothing but it and the libraries that it asks for.
set -euo pipefail
build=$1 version=$2 cpack=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "$*" >&2
  exit 1
}
cd "$work"
generators=TGZ
command -v dpkg >/dev/null && generators="TGZ;DEB"
"$cpack" --config "$build/CPackConfig.cmake" -G "$generators" -B "$work/packages" >log 2>&1 || fail "cpack: $(cat log)"

try() {  # try PREFIX: the program of this prefix, in an empty environment
  mkdir -p "$work/here"
  cd "$work/here"
  rm -f ./*
  [[ $(env -i "$1/bin/prunec" --version) == "prunec $version" ]] || fail "$1: not version $version"
  env -i "$1/bin/prunec" compile resnet18 --strategy all >/dev/null || fail "$1: the rules are not found"
  cd "$work"
}

archives=(packages/prunec-"$version"-*.tar.gz)
mkdir anywhere
tar -xzf "${archives[0]}" -C anywhere --strip-components=1
try "$work/anywhere"
[[ -s anywhere/share/doc/prunec/LICENSE ]] || fail "the archive has no licence"

[[ $generators == *DEB ]] || exit 0
deb=(packages/prunec_"$version"_*.deb)
dpkg -x "${deb[0]}" root
try "$work/root/usr"
depends=$(dpkg-deb -f "${deb[0]}" Depends)
lacks() { fail "the package needs $1 of $2, and depends on: $depends"; }
while read -r library path; do
  package=$(dpkg -S "$path" 2>/dev/null || dpkg -S "/usr$path" 2>/dev/null || dpkg -S "$(realpath "$path")" 2>/dev/null || true)
  package=${package%%:*}
  [[ -z $package || ", $depends," == *", $package,"* || ", $depends," == *", $package "* ]] || lacks "$library" "$package"
done < <(ldd root/usr/bin/prunec | awk '$3 ~ /^\// {print $1, $3}')

# A root folder of its own needs the right to make one.
((EUID == 0)) || exit 0
while read -r path; do
  mkdir -p "root$(dirname "$path")"
  cp -L "$path" "root$path"
done < <(ldd root/usr/bin/prunec | grep -oE '/[^ ]+')
chroot root /usr/bin/prunec --version >out 2>&1 || { grep -q 'Operation not permitted' out && exit 0; fail "in a root of its own: $(cat out)"; }
[[ $(cat out) == "prunec $version" ]] || fail "in a root of its own: $(cat out)"
chroot root /usr/bin/prunec check resnet50 || fail "in a root of its own: check"
chroot root /usr/bin/prunec apply model.pt --rules resnet18 --strategy all --ratio 0.5 >out 2>&1 && fail "apply without LibTorch"
[[ ! -e $build/lib/libprunec_runtime.so ]] || grep -q 'PRUNEC_TORCH_DIR' out || fail "in a root of its own: no word about LibTorch: $(cat out)"

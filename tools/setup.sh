#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# tools/setup.sh [preset]: installs what prunec needs and builds it. Does only what is still missing, so it may be run at any time.
#   preset            a preset of CMakePresets.json; the default is release
#   PRUNEC_VENV       folder of the Python environment; the default is .venv here. Several checkouts may share one.
#   PRUNEC_TORCH_DIR  a LibTorch to build against in place of that of the Python environment
set -euo pipefail
preset=${1:-release}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$(realpath -m "${PRUNEC_VENV:-$root/.venv}")
cd "$root"

say() { echo "setup: $*" >&2; }
die() { say "$*"; exit 2; }

have_cmake() {
  local version
  version=$(cmake --version 2>/dev/null | sed -n 's/^cmake version //p') && [[ -n $version ]] &&
    [[ $(printf '%s\n' 3.25 "$version" | sort -V | head -n 1) == 3.25 ]]
}

install_packages() {
  local wanted=(g++ ccache ninja-build python3-venv antlr4 libantlr4-runtime-dev libtoml11-dev librange-v3-dev libcli11-dev
                nlohmann-json3-dev libssl-dev libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev
                vim fish zsh bash-completion man-db groff)
  have_cmake || wanted+=(cmake)
  if ! command -v dpkg-query >/dev/null; then
    say "this is not a Debian system; make sure that these are installed: ${wanted[*]}"
    return
  fi
  local missing=() package
  for package in "${wanted[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  ((EUID == 0)) || command -v sudo >/dev/null || die "these packages are missing, and there is no sudo to install them with: ${missing[*]}"
  say "installing ${missing[*]}"
  install_with_apt "${missing[@]}"
}

install_with_apt() {
  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -q -y --no-install-recommends "$@"
}

# Tests draw the report's page in a browser, 350 MB once installed. They are skipped where it cannot be had; all else goes on.
install_browser() {
  local browser
  for browser in chromium chromium-browser chromium-headless-shell google-chrome; do
    if command -v "$browser" >/dev/null; then return; fi
  done
  if ! command -v dpkg-query >/dev/null || { ((EUID != 0)) && ! command -v sudo >/dev/null; }; then
    say "there is no Chromium and no way to install it: the tests that draw a page will be skipped"
    return
  fi
  say "installing chromium, for the tests that draw a page"
  install_with_apt chromium || say "chromium could not be installed: the tests that draw a page will be skipped"
}

# The first Python from 3.10 on that can make environments: the user's own, else the system's.
base_python() {
  local candidate
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  die "there is no Python 3.10 or later"
}

# The stamp is written last, so an environment without this very stamp is one to work on. The mark stands in an environment that this
# script is making: one that an interrupted run left half installed is thrown away, one that the user made is completed.
make_environment() {
  local stamp=$venv/.prunec-requirements mark=$venv/.prunec-installing hash python
  hash=$(sha256sum requirements.txt | cut -d ' ' -f 1)
  [[ $(cat "$stamp" 2>/dev/null) != "$hash" ]] || return 0
  mkdir -p "$(dirname "$venv")"
  exec 9>"$venv.lock"
  flock 9  # another checkout may be making the same environment
  if [[ $(cat "$stamp" 2>/dev/null) != "$hash" ]]; then
    if [[ -e $mark ]]; then
      say "starting again on $venv, which an earlier run left half installed"
      rm -rf "$venv"
    elif [[ ! -e $venv/pyvenv.cfg && -n $(ls -A "$venv" 2>/dev/null) ]]; then
      die "$venv is not empty and no Python environment; PRUNEC_VENV names the folder to use"
    fi
    say "making the Python environment in $venv"
    if ! "$venv/bin/python3" -m pip --version >/dev/null 2>&1; then
      python=$(base_python)
      "$python" -m venv "$venv"
      touch "$mark"
    fi
    "$venv/bin/python3" -m pip install --quiet --disable-pip-version-check -r requirements.txt
    echo "$hash" >"$stamp"
    rm -f "$mark"
  fi
  exec 9>&-
}

build() {
  local options=() log
  [[ $preset == no-torch ]] || options+=(-D "PRUNEC_PYTHON=$venv/bin/python3")
  [[ -z ${PRUNEC_TORCH_DIR:-} ]] || options+=(-D "PRUNEC_TORCH_DIR=$PRUNEC_TORCH_DIR")
  log=$(cmake --preset "$preset" "${options[@]}" 2>&1) || { echo "$log" >&2; die "cmake could not configure the build"; }
  cmake --build --preset "$preset" -j 2 >&2
}

install_packages
if [[ $preset != no-torch ]]; then  # the compiler alone needs no Python, and so none of its tests
  install_browser
  make_environment
fi
build

#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# examples/use_as_library/run.sh [BUILD]: builds the two programs against an installed prunec, which CMAKE_PREFIX_PATH names, and runs them on the
# model of the quickstart.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:-$here/build}
quickstart=$here/../quickstart
"${CMAKE:-cmake}" -S "$here" -B "$build" -D CMAKE_BUILD_TYPE=Release
"${CMAKE:-cmake}" --build "$build"
"$build/list_sites" "$quickstart/digits_resnet.prune" | head -n 5
[[ -x $build/prune_at ]] || exit 0
rm -f "$build"/pruned.pt*
"$build/prune_at" "$quickstart/model.pt" "$quickstart/digits_resnet.prune" 0.5 "$build/pruned.pt"

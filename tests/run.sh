#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# tests/run.sh [preset] [ctest option...]: set-up, then all the tests. Ends with ctest's closing lines and its exit code.
set -euo pipefail
preset=${1:-release}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/tools/setup.sh" "$preset"

# Two tests at a time share the cores: threads that spin while they wait would take them from each other.
export OMP_WAIT_POLICY=passive
cd "$root"
exec ctest --preset "$preset" -j 2 --output-on-failure --no-tests=error "${@:2}"

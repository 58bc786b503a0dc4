#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# headers_test.sh PREFIX COMPILER: the installed headers include nothing that is not installed.
set -euo pipefail
cd "$1/include/prunec"
find . -name '*.h' -printf '#include "%P"\n' | sort | tac | "$2" -std=c++20 -fsyntax-only -x c++ -I . -

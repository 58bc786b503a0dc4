#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# examples/quickstart/run.sh: sets prunec up, prunes model.pt by the rules of this folder, and compares the two models on held-out data.
#   PRUNEC, PRUNEC_PYTHON   full paths of a program and a Python to use as they are, without set-up
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ -z ${PRUNEC:-} ]]; then
  root=$(cd "$here/../.." && pwd)
  "$root/tools/setup.sh"
  PRUNEC=$root/build/release/bin/prunec
  PRUNEC_PYTHON=$(realpath -m "${PRUNEC_VENV:-$root/.venv}")/bin/python3
fi
PATH=$(dirname "$PRUNEC"):$PATH
export PATH OMP_WAIT_POLICY=passive

cd "$here"
# prunec never replaces a file unasked: what the last run made goes first.
rm -f digits_resnet.plan.toml model.pruned.pt model.pruned.json
prunec compile && prunec apply model.pt
echo
"${PRUNEC_PYTHON:-python3}" evaluate.py model.pt model.pruned.pt

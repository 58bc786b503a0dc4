#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# examples/distributed_finetune/run.sh [EPOCHS]: prunes the quickstart's model harder than it takes without harm, and fine-tunes it in two
# processes. PRUNEC and PRUNEC_PYTHON name a program and a Python other than those on the PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
quickstart=$here/../quickstart
"${PRUNEC:-prunec}" apply "$quickstart/model.pt" --rules "$quickstart/digits_resnet.prune" --strategy all --ratio 0.7 --input 1x1x8x8 --force \
  -o model.pruned.pt --report model.pruned.json
"${PRUNEC_PYTHON:-python3}" -m torch.distributed.run --standalone --nproc-per-node 2 "$here/finetune.py" model.pruned.pt model.tuned.pt --epochs "${1:-5}"

#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
#
# examples/cpp_deploy/run.sh [BUILD]: prunes the quickstart's model, builds the program that runs it, and lets it read ten digits.
#   PRUNEC          the program; the default is `prunec` on the PATH
#   PRUNEC_PYTHON   a Python with torch and scikit-learn; the default is python3
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath -m "${1:-$here/build}")
python=$(command -v "${PRUNEC_PYTHON:-python3}")
quickstart=$here/../quickstart
mkdir -p "$build"
cd "$build"
"${PRUNEC:-prunec}" apply "$quickstart/model.pt" --rules "$quickstart/digits_resnet.prune" --strategy all --ratio 0.5 --input 1x1x8x8 --force \
  -o model.pruned.pt --report model.pruned.json
"${CMAKE:-cmake}" -S "$here" -B . -D CMAKE_BUILD_TYPE=Release -D PRUNEC_PYTHON="$python" >configure.log
"${CMAKE:-cmake}" --build . >build.log
"$python" - <<'PYTHON'
from sklearn.datasets import load_digits
images, labels = load_digits(return_X_y=True)
with open("digits.txt", "w") as file:
    file.writelines(" ".join(f"{value:g}" for value in image) + "\n" for image in images[:10])
print("labels:", *labels[:10])
PYTHON
echo "read:  " $(./classify model.pruned.pt <digits.txt)

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""How much to prune for a given cost."""

import tempfile
from pathlib import Path

import prunec


def prune_to_macs(model, share, rules, example, strategy="all", report=None):
    """The report of the mildest pruning that leaves at most `share` of the model's multiply-accumulates; `report` names a file for it.

    The ratio for it is found by halving: a run that verifies nothing and writes nothing takes a second.
    """
    low, high = 0.0, 1.0
    with tempfile.TemporaryDirectory() as folder:
        file = prunec.export(model, Path(folder) / "model.pt", example)

        def prune(ratio, **options):
            return prunec.prune(file, rules=rules, strategy=strategy, ratio=ratio, example=example, dry_run=True, **options)

        while high - low > 0.01:
            middle = (low + high) / 2
            macs = prune(middle, verify=False).totals.macs
            low, high = (low, middle) if macs.after <= share * macs.before else (middle, high)
        return prune(high, report=report, force=True)

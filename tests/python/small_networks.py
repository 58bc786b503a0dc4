# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Networks of a few layers for the tests of the Python package, and the quickstart's network as a module in memory."""

import sys
import warnings

import torch
from torch import nn

import program

QUICKSTART = program.HERE.parent.parent / "examples" / "quickstart"
RULES = QUICKSTART / "digits_resnet.prune"
sys.path.append(str(QUICKSTART))
import network  # noqa: E402

IMAGES = torch.rand(4, 1, 8, 8, generator=torch.Generator().manual_seed(5))
LABELS = torch.arange(4)


def digits_resnet():
    """The quickstart's trained network in its own class."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        state = torch.jit.load(QUICKSTART / "model.pt").state_dict()
    model = network.DigitsResNet()
    model.load_state_dict(state)
    return model


class Shared(nn.Module):
    """Two names for one convolution, so that one parameter has two names."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 6, 3, padding=1)
        self.bn = nn.BatchNorm2d(6)
        self.left = nn.Conv2d(6, 4, 1)
        self.right = self.left

    def forward(self, x):
        x = torch.relu(self.bn(self.first(x)))
        return self.left(x) + self.right(2 * x)


class Grouped(nn.Module):
    """A grouped convolution reads six channels in two groups."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 6, 3, padding=1)
        self.bn = nn.BatchNorm2d(6)
        self.grouped = nn.Conv2d(6, 8, 3, groups=2)

    def forward(self, x):
        return self.grouped(torch.relu(self.bn(self.first(x))))


class Halves(nn.Module):
    """Its code halves the channels, and writes the number of half of them out."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 6, 3, padding=1)
        self.bn = nn.BatchNorm2d(6)
        self.left = nn.Conv2d(3, 4, 1)
        self.right = nn.Linear(3, 4)

    def forward(self, x):
        left, right = torch.relu(self.bn(self.first(x))).chunk(2, dim=1)
        return self.left(left).mean((2, 3)) + self.right(right.reshape(-1, 3, 64).mean(2))


def report_of(path, before, kept, edits, **more):
    """A report as prunec would write it, of one norm."""
    verification = {"performed": True, "passed": True, "max_abs_diff": 0.0, "max_rel_diff": 0.0, "tolerance": 1e-4, "inputs": ""}
    return {"schema": 1, "prunec": "0.1.0", "model": {"path": "", "sha256": "", "format": "torchscript"},
            "plan": {"architecture": "small", "strategy": "all", "rules_sha256": ""}, "request": {"kind": "ratio", "value": 0.5},
            "reached": {"channels_removed": 0.5}, "threshold": 0.5,
            "channels": [{"path": path, "kind": "batch_norm", "before": before, "after": len(kept), "kept": kept, "set": 0, "role": "voter"}],
            "edits": edits, "attributes": [], "totals": {name: {"before": 2, "after": 1} for name in ("parameters", "macs", "bytes")},
            "verification": verification, "output": {"path": "", "sha256": ""}, **more}


def norm_edits(path, maker, kept):
    names = [f"{path}.{name}" for name in ("weight", "bias", "running_mean", "running_var")] + [f"{maker}.weight", f"{maker}.bias"]
    return [{"tensor": name, "axis": 0, "kept": kept} for name in names]

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Models that call operators of a library that is no part of LibTorch."""

import json
import os

import pytest
import torch
from torch import nn

import models
import program

LIBRARY = os.environ["PRUNEC_TEST_OPERATORS"]
SHAPE = "1x3x16x16"
RULES = """prunec 1
architecture doubled
site bn = bn{n}
strategy all {
  prune bn
}
"""


class Doubled(nn.Module):
    """The operator reads what the second of three norms makes."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)
        self.conv2, self.bn2 = nn.Conv2d(8, 8, 3), nn.BatchNorm2d(8)
        self.conv3, self.bn3 = nn.Conv2d(8, 8, 3), nn.BatchNorm2d(8)
        self.head = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        x = torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))
        return self.head(torch.relu(self.bn3(self.conv3(torch.ops.prunec_test.twice(x)))))


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    torch.ops.load_library(LIBRARY)
    folder, module = tmp_path_factory.mktemp("doubled"), Doubled().eval()
    models.give_distinct_norms(module, seed=3)
    torch.jit.save(torch.jit.script(module), folder / "model.pt")
    (folder / "rules.prune").write_text(RULES)
    return folder / "model.pt"


def test_without_the_library_the_operator_is_named(model):
    result = program.prunec("inspect", model, "--input", SHAPE)
    assert result.returncode == 1
    assert program.codes(result) == ["P0520"]
    assert "prunec_test::twice" in result.stderr and "--ops" in result.stderr


def test_with_the_library_what_reaches_the_operator_stays(model):
    result = program.succeeds(program.prunec("inspect", model, "--input", SHAPE, "--ops", LIBRARY))
    assert "prunec_test::twice" in result.stdout
    output = model.parent / "pruned.pt"
    program.succeeds(program.prunec("apply", model, "--rules", model.parent / "rules.prune", "--ratio", 0.5, "--input", SHAPE, "--ops", LIBRARY, "-o", output))
    report = json.loads((model.parent / "pruned.json").read_text())
    widths = {site["path"]: site["after"] for site in report["channels"]}
    assert widths["bn2"] == 8 and widths["bn1"] < 8 and widths["bn3"] < 8
    assert report["verification"]["passed"]
    proof = program.prunec("verify", model, output, model.parent / "pruned.json", "--ops", LIBRARY)
    assert proof.returncode == 0, proof.stderr


def test_a_library_that_cannot_be_loaded(model):
    result = program.prunec("inspect", model, "--input", SHAPE, "--ops", model)
    assert result.returncode == 2
    assert program.codes(result) == ["P0819"]

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""One network under the module names of two libraries, with the same weights: the same rules must keep the same channels."""

import copy
import json

import pytest
import torch

import models
import program

TWINS = {
    "mobilenet_v2": ("all", ("torchvision", "mobilenet_v2"), ("timm", "mobilenetv2_100")),
    "preact_resnet18": ("all", ("preact_resnet", "preact_resnet18"), ("timm", "resnetv2_18")),
    "preact_resnet50": ("all", ("preact_resnet", "preact_resnet50"), ("timm", "resnetv2_50")),
    "resnet18": ("all", ("torchvision", "resnet18"), ("timm", "resnet18")),
    "resnet50": ("all", ("torchvision", "resnet50"), ("timm", "resnet50")),
    "resnext50": ("all", ("torchvision", "resnext50_32x4d"), ("timm", "resnext50_32x4d")),
    "densenet121": ("bn2", ("torchvision", "densenet121"), ("timm", "densenet121")),
}


def kept(model, rules, strategy, folder):
    """For each norm in execution order, how many channels stay and which."""
    file, report = folder / "model.pt", folder / "report.json"
    models.export(model, "traced", file)
    program.succeeds(program.apply(file, "--rules", rules, "--strategy", strategy, "--ratio", 0.4, "-o", folder / "pruned.pt", "--report", report))
    file.unlink()
    return [(site["before"], site["kept"]) for site in json.loads(report.read_text())["channels"]]


@pytest.mark.parametrize("rules", TWINS)
def test_the_same_channels_stay(rules, tmp_path):
    strategy, one, other = TWINS[rules]
    first, second = models.build(*one), copy.deepcopy(models.build(*other))
    norms = list(models.norms(first).values()), list(models.norms(second).values())
    assert [norm.num_features for norm in norms[0]] == [norm.num_features for norm in norms[1]]
    with torch.no_grad():
        for source, target in zip(*norms):
            target.weight.copy_(source.weight)
    results = []
    for (source, _), model in ((one, first), (other, second)):
        folder = tmp_path / source
        folder.mkdir()
        results.append(kept(model, rules, strategy, folder))
    assert results[0] == results[1]
    assert any(len(channels) < before for before, channels in results[0])

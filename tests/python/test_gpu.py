# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""On a GPU: the same channels as on the CPU, and the same pruned model. Skipped where there is none."""

import json

import pytest
import torch

import models
import program

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no usable GPU: this PyTorch is built without CUDA, or sees no device")

AMOUNTS = [["--ratio", "0.4"], ["--threshold", "0.3"], ["--macs", "50%"], ["--params", "40%"]]
NETWORKS = [("resnet18", "all", "torchvision", "resnet18"), ("mobilenet_v2", "all", "torchvision", "mobilenet_v2"),
            ("resnext50", "all-drop", "torchvision", "resnext50_32x4d"), ("densenet121", "all", "torchvision", "densenet121")]


def pruned(device, model, rules, strategy, amount, folder):
    output, report = folder / f"{device}.pt", folder / f"{device}.json"
    done = program.succeeds(program.apply(model, "--rules", rules, "--strategy", strategy, *amount, "--device", device, "-o", output, "--report", report))
    assert f"scores computed on {'cpu' if device == 'cpu' else 'cuda'}" in done.stdout
    return json.loads(report.read_text()), torch.jit.load(str(output))


@pytest.mark.parametrize("amount", AMOUNTS, ids=lambda amount: amount[0])
@pytest.mark.parametrize("rules, strategy, source, network", NETWORKS, ids=[network[0] for network in NETWORKS])
def test_the_same_channels_and_weights(rules, strategy, source, network, amount, model_file, tmp_path):
    model = model_file(source, network, "traced")
    reports, states = [], []
    for device in ("cpu", "cuda", "auto"):
        report, result = pruned(device, model, rules, strategy, amount, tmp_path)
        reports.append([(site["path"], site["kept"]) for site in report["channels"]])
        states.append(result.state_dict())
    assert reports[0] == reports[1] == reports[2]
    for state in states[1:]:
        assert all(torch.equal(tensor, state[name]) for name, tensor in states[0].items())


def test_a_gpu_that_is_not_there(model_file, tmp_path):
    model = model_file("torchvision", "resnet18", "traced")
    program.fails(program.apply(model, "--rules", "resnet18", "--strategy", "all", "--ratio", 0.4, "--device", f"cuda:{torch.cuda.device_count()}",
                                "-o", tmp_path / "out.pt"), 2, "P0853")


def test_slices_on_the_device_are_those_of_the_host():
    random = torch.Generator().manual_seed(0)
    for shape in [(64, 32, 3, 3), (128,), (10, 64)]:
        weight = torch.randn(shape, generator=random)
        kept = torch.randperm(shape[0], generator=random)[:shape[0] // 2].sort().values
        assert torch.equal(weight.cuda().index_select(0, kept.cuda()).cpu(), weight.index_select(0, kept))

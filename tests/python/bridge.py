# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What must hold when the Python package cuts a module in memory. Each check raises AssertionError with what it found."""

import copy
import json
import sys
from pathlib import Path

import torch
from torch import nn

import checks

PACKAGE = Path(__file__).parent.parent.parent / "examples" / "python"
sys.path.append(str(PACKAGE))
import prunec  # noqa: E402

SAME = 1e-5  # relative; the same numbers in the same order, but for what the two executors fuse


def check_sliced(model, report, pruned, inputs):
    """The module, cut in memory, is the pruned model: the same bits, the same outputs, numbers that fit, and training goes on.

    pruned: what the pruned model did alone, with its `state` and `outputs`.
    """
    optimizer = trained_optimizer(model)
    momentum = {name: optimizer.state[parameter]["momentum_buffer"].clone() for name, parameter in model.named_parameters()}
    before = {name: (id(parameter), parameter.requires_grad) for name, parameter in model.named_parameters()}
    report = prunec.Report.parse(json.dumps(report))
    with torch.no_grad():  # training moved the module; the comparison is with what was exported
        state = {key: tensor.clone() for key, tensor in model.state_dict().items()}

    adam = trained_adam(model)
    prunec.slice_(model, report, example=inputs[0])
    prunec.slice_optimizer_(optimizer, model, report)
    prunec.slice_optimizer_(adam, model, report)

    assert {name: (id(parameter), parameter.requires_grad) for name, parameter in model.named_parameters()} == before
    checks.check_state(state, model.state_dict(), [vars(edit) for edit in report.edits])
    assert list(model.state_dict()) == list(pruned["state"])
    wrong = [key for key, tensor in model.state_dict().items() if not checks.same_bits(tensor, pruned["state"][key])]
    assert not wrong, f"not what the pruned model holds: {wrong}"
    for given, expected in zip(inputs, pruned["outputs"], strict=True):
        with torch.no_grad():
            assert checks.relative_difference(expected, model(given)) <= SAME
    check_numbers(model)
    check_goes_on(model, optimizer, momentum, report, inputs[1])
    adam.step()
    assert all(parameter.isfinite().all() for parameter in model.parameters())


def trained_optimizer(model):
    """An optimizer with a random momentum for every parameter: the model itself does not move."""
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)
    random = torch.Generator().manual_seed(11)
    for parameter in model.parameters():
        optimizer.state[parameter]["momentum_buffer"] = torch.randn(parameter.shape, generator=random) * 1e-3
    return optimizer


def trained_adam(model):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    for parameter in model.parameters():
        optimizer.state[parameter].update(step=torch.tensor(3.0), exp_avg=torch.full_like(parameter, 1e-3), exp_avg_sq=torch.full_like(parameter, 1e-4))
    return optimizer


def check_numbers(model):
    """What each layer tells of itself is what its tensors say."""
    for path, module in model.named_modules():
        if isinstance(module, nn.Conv2d):
            assert module.weight.shape[:2] == (module.out_channels, module.in_channels // module.groups), path
            assert module.bias is None or len(module.bias) == module.out_channels, path
        elif isinstance(module, nn.Linear):
            assert module.weight.shape == (module.out_features, module.in_features), path
        elif isinstance(module, nn.BatchNorm2d):
            assert module.num_features == len(module.weight) == len(module.running_mean), path


def check_goes_on(model, optimizer, momentum, report, images):
    """The next step is that of an optimizer which was made for the small module and given the cut momentum."""
    cut_momentum = checks.sliced_state(momentum, [vars(edit) for edit in report.edits if edit.tensor in momentum])
    twin = copy.deepcopy(model)
    fresh = torch.optim.SGD(twin.parameters(), lr=1e-3, momentum=0.9)
    for name, parameter in twin.named_parameters():
        fresh.state[parameter]["momentum_buffer"] = cut_momentum[name].clone()
    moved = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    for module, stepping in ((model, optimizer), (twin, fresh)):
        module.eval()  # batch statistics of two images at the last layers would leave little to compare
        nn.functional.cross_entropy(module(images), torch.arange(len(images))).backward()
        stepping.step()
    for (name, parameter), other in zip(model.named_parameters(), twin.parameters(), strict=True):
        assert checks.same_bits(parameter.detach(), other.detach()), f"the next step differs at {name}"
    assert any(not moved[name].equal(parameter) for name, parameter in model.named_parameters())

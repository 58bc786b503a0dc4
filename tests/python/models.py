# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The networks under test, from torchvision, timm and tests/models, with scales that leave no doubt about what must go."""

import functools
import importlib
import math
import sys
import warnings
from pathlib import Path

import torch
from torch import nn

SHAPE = (1, 3, 64, 64)
OWN = Path(__file__).parent.parent / "models"  # networks that neither library has in their usual public layout
sys.path.append(str(OWN))


def norms(model):
    """path -> BatchNorm, in the order of definition."""
    return {path: module for path, module in model.named_modules() if isinstance(module, nn.BatchNorm2d)}


def give_distinct_norms(model, seed):
    """Random state for every BatchNorm. No two scales of the model have the same magnitude, so the weakest are never a matter of
    order; signs are mixed, so that a method which forgets the magnitude fails; the rest is random so that a slice of the wrong
    channel shows in the outputs."""
    random = torch.Generator().manual_seed(seed)
    layers = norms(model).values()
    total = sum(layer.num_features for layer in layers)
    magnitudes = torch.linspace(0.05, 1.0, total, dtype=torch.float64)[torch.randperm(total, generator=random)].float()
    assert len(magnitudes.unique()) == total
    with torch.no_grad():
        for layer, scales in zip(layers, magnitudes.split([layer.num_features for layer in layers])):
            width = layer.num_features
            signs = torch.randint(0, 2, (width,), generator=random) * 2 - 1
            layer.weight.copy_(scales * signs)
            layer.bias.copy_(torch.randn(width, generator=random) * 0.2)
            layer.running_mean.copy_(torch.randn(width, generator=random) * 0.2)
            layer.running_var.copy_(torch.rand(width, generator=random) + 0.5)


def keep_signal(model):
    """Fits the running statistics to the activations, roughly. Without this the random state of many layers drowns the input: the output of
    a MobileNet would be the same for all images, and say little about what was cut."""
    def fit(layer, given):
        spread = given[0].var(dim=(0, 2, 3)).mean().item()
        unit = 2.0 ** round(math.log2(spread))  # a power of two, so that no rounding of the run decides the model's values
        layer.running_var *= unit
        layer.running_mean *= math.sqrt(unit)

    hooks = [layer.register_forward_pre_hook(fit) for layer in norms(model).values()]
    with torch.no_grad():
        model(torch.randn((4, *SHAPE[1:]), generator=torch.Generator().manual_seed(2)))
    for hook in hooks:
        hook.remove()


@functools.lru_cache(maxsize=None)
def build(source, architecture):
    """The network in eval mode. `source` is "torchvision", "timm" or a file of tests/models. Shared within a test file: work on a deep
    copy to change it."""
    torch.manual_seed(0)
    if source == "torchvision":
        import torchvision

        model = getattr(torchvision.models, architecture)(weights=None)
    elif source != "timm":
        model = getattr(importlib.import_module(source), architecture)()
    else:
        import timm

        model = timm.create_model(architecture, pretrained=False)
    give_distinct_norms(model.eval(), seed=1)
    keep_signal(model)
    return model


def export(model, form, path, shape=SHAPE):
    """Writes the model as TorchScript; `form` is "scripted" or "traced"."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TorchScript is deprecated in Python, and is the format that users have
        if form == "scripted":
            exported = torch.jit.script(model)
        else:
            with torch.no_grad():
                exported = torch.jit.trace(model, torch.randn(shape, generator=torch.Generator().manual_seed(0)))
        exported.save(str(path))


def export_somehow(model, path, shape=SHAPE):
    """Scripted, or traced where PyTorch cannot script it; says which."""
    try:
        export(model, "scripted", path, shape)
        return "scripted"
    except Exception:  # PyTorch raises whatever the module's code makes it raise
        export(model, "traced", path, shape)
        return "traced"


def scales(model):
    return {path: layer.weight.detach().tolist() for path, layer in norms(model).items()}

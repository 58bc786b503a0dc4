# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Masked == sliced, for a module in memory."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn

from ._errors import SliceError
from ._export import as_arguments, evaluating
from ._report import Report


def masked_outputs(model: nn.Module, report: Report, example: Any) -> list[Tensor]:
    """What the module computes, in eval mode, when every removed channel of every site has neither scale nor shift."""
    masked = copy.deepcopy(model)
    with torch.no_grad():
        for site in report.channels:
            module = masked.get_submodule(site.path)
            removed = sorted(set(range(site.before)) - set(site.kept))
            for name in ("weight", "bias"):
                tensor = getattr(module, name, None)
                if isinstance(tensor, Tensor):
                    tensor[removed] = 0
    return _outputs(masked, example)


def must_equal(model: nn.Module, expected: list[Tensor], example: Any, report: Report) -> None:
    """Raises SliceError unless the module's outputs are the expected ones, within the report's relative tolerance."""
    try:
        actual = _outputs(model, example)
    except Exception as error:
        raise SliceError(f"the sliced module does not run: {error}") from error
    tolerance = report.verification.tolerance or 1e-4
    if [tensor.shape for tensor in actual] != [tensor.shape for tensor in expected]:
        raise SliceError("the sliced module's outputs have other shapes than the masked one's")
    for one, other in zip(expected, actual):
        if one.numel() == 0 or not one.is_floating_point():
            continue
        size = one.abs().max().item()
        difference = (one - other).abs().max().item()
        if not difference <= tolerance * max(size, torch.finfo(one.dtype).tiny):
            raise SliceError(f"the sliced module's outputs differ from the masked one's by {difference:.2e} of {size:.2e}")


def _outputs(model: nn.Module, example: Any) -> list[Tensor]:
    with torch.no_grad(), evaluating(model):
        return list(_tensors(model(*as_arguments(example))))


def _tensors(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, dict):
        for key in value:
            yield from _tensors(value[key])
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)

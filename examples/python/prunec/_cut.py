# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Cutting single tensors: what parameters, buffers, gradients and optimizer states have in common."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from ._errors import SliceError
from ._report import Edit


def cut(tensor: Tensor, edits: Sequence[Edit]) -> Tensor:
    """The tensor that the edits leave of it, in the same memory format, since fused optimizers walk through parameter and state side by side.

    Raises:
        SliceError: an edit does not fit the tensor's shape.
    """
    result = tensor.detach()
    for edit in edits:
        _check(result, edit)
        result = _grouped(result, edit) if edit.groups > 1 else result.index_select(edit.axis, _positions(edit.kept, tensor))
    for ndim, memory_format in ((4, torch.channels_last), (5, torch.channels_last_3d)):
        if tensor.ndim == ndim and tensor.is_contiguous(memory_format=memory_format) and not tensor.is_contiguous():
            return result.contiguous(memory_format=memory_format)
    return result.contiguous()


def _grouped(tensor: Tensor, edit: Edit) -> Tensor:
    """The rows of each group take their own columns. The rows of groups that keep nothing are gone by an edit of axis 0 before."""
    columns = tensor.shape[1]
    kept: list[list[int]] = [[] for _ in range(edit.groups)]
    for position in edit.kept:
        kept[position // columns].append(position % columns)
    staying = [positions for positions in kept if positions]
    rows = tensor.chunk(len(staying))
    return torch.cat([part.index_select(1, _positions(positions, tensor)) for part, positions in zip(rows, staying)])


def _check(tensor: Tensor, edit: Edit) -> None:
    shape = tuple(tensor.shape)
    if not 0 <= edit.axis < tensor.ndim:
        raise SliceError(f"`{edit.tensor}` of shape {shape} has no axis {edit.axis}")
    width = shape[edit.axis] * edit.groups
    if not edit.kept or edit.kept[0] < 0 or edit.kept[-1] >= width or any(low >= high for low, high in zip(edit.kept, edit.kept[1:])):
        raise SliceError(f"`{edit.tensor}` of shape {shape} cannot keep the report's {len(edit.kept)} positions of axis {edit.axis}: "
                         "the report is of another model, or the module is sliced already")
    if edit.groups == 1:
        return
    counts = [0] * edit.groups
    for position in edit.kept:
        counts[position // shape[1]] += 1
    staying = [count for count in counts if count]
    if edit.axis != 1 or shape[0] % len(staying) or len(set(staying)) != 1:
        raise SliceError(f"`{edit.tensor}` of shape {shape} cannot be cut in {edit.groups} groups that keep {sorted(set(staying))} inputs each")


def _positions(kept: Sequence[int], like: Tensor) -> Tensor:
    return torch.tensor(kept, dtype=torch.long, device=like.device)


def edits_by_tensor(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.tensor, []).append(edit)
    return found

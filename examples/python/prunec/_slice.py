# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The report's cuts, repeated on a module in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.parallel import DataParallel, DistributedDataParallel

from ._attributes import described_widths
from ._code import edit_code
from ._cut import cut, edits_by_tensor
from ._errors import SliceError
from ._prove import masked_outputs, must_equal
from ._report import Edit, Report
from ._select import is_selection, let_read_only, selections
from ._vanish import let_vanish

ModuleType = TypeVar("ModuleType", bound=nn.Module)


def slice_(model: ModuleType, report: Report, example: Any = None) -> ModuleType:
    """Cuts a module in place as the report says, so that it equals the pruned model and stays an object of its own class.

    Parameters keep their identity: whatever holds them (optimizers, parameter lists, shared layers) goes on with the smaller ones. Gradients are cut
    along; `requires_grad`, devices, data types and memory formats stay. The numbers that torch's layers tell of themselves, such as `out_channels`,
    follow. Numbers in the class's own code, as when a forward halves its channels, are led elsewhere call by call; then the module can be traced but
    not scripted. A norm that selects its channels (`concat-select`) gets a forward pre-hook for it. A path that vanishes
    (`keep at least 0`) leaves a `Vanished` in its place, so that its neighbours keep their names. Optimizers need `slice_optimizer_` afterwards; a
    compiled or distributed wrapper must be made anew around the sliced module.

    Args:
        model: the module that the report's model file was exported from.
        report: of its pruning.
        example: an input, or a tuple of all the arguments of one call. With it, the sliced module is run in eval mode against itself with the
            removed channels masked, and must agree within the report's tolerance.

    Returns:
        The module.

    Raises:
        SliceError: the report does not fit the module, or the outputs differ. The module is then as it was before.

    >>> report = prunec.prune(model, rules="digits_resnet.prune", strategy="all", ratio=0.5, example=images)
    >>> prunec.slice_(model, report, example=images).layer1[0].conv1
    Conv2d(16, 7, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
    """
    if isinstance(model, (DataParallel, DistributedDataParallel)):
        raise SliceError(f"{type(model).__name__} holds buffers of the old sizes; slice `model.module` and wrap it anew")
    reads = selections(report)
    numbers_in_code = [entry for entry in report.code if not (is_selection(entry) and entry.path in reads)]
    if numbers_in_code and example is None:
        places = ", ".join(f"`{entry.place}`" for entry in numbers_in_code[:3])
        raise SliceError(f"pruning changed numbers in the saved model's code ({places}), which a class may have in its Python code; give `example=` to "
                         "have the sliced module proven by running it")
    cuts = _plan_cuts(model, report)
    numbers = _plan_numbers(model, report)
    expected = None if example is None else masked_outputs(model, report, example)
    undo: list[Callable[[], None]] = []
    try:
        with torch.no_grad():
            for tensor, edits in cuts:
                undo.append(_replaced(tensor, cut(tensor, edits), None if tensor.grad is None else cut(tensor.grad, edits)))
            for module, name, value in numbers:
                undo.append(_set(module, name, value))
            undo += edit_code(model, report)
            for path, hook in reads.items():
                undo.append(let_read_only(model.get_submodule(path), hook))
            for path in report.modules:
                undo.append(let_vanish(model, path))
            for owner in _owners(model, report):
                for name, value in described_widths(owner):
                    undo.append(_set(owner, name, value))
        if expected is not None:
            must_equal(model, expected, example, report)
    except BaseException:
        with torch.no_grad():
            for back in reversed(undo):
                back()
        raise
    return model


def _plan_cuts(model: nn.Module, report: Report) -> list[tuple[Tensor, list[Edit]]]:
    """Each tensor once, also when several names share it; the cuts are tried out on tensors without content first."""
    tensors = dict(model.named_parameters(remove_duplicate=False)) | dict(model.named_buffers(remove_duplicate=False))
    _check_sites(tensors, report)
    planned: dict[int, tuple[Tensor, list[Edit]]] = {}
    for name, edits in edits_by_tensor(report.edits).items():
        tensor = tensors.get(name)
        if tensor is None:
            raise SliceError(f"the module has no tensor `{name}`, which the report cuts: the report is of another model")
        earlier = planned.setdefault(id(tensor), (tensor, edits))[1]
        if [(edit.axis, edit.kept) for edit in earlier] != [(edit.axis, edit.kept) for edit in edits]:
            raise SliceError(f"`{earlier[0].tensor}` and `{name}` are one tensor, which the report cuts in two ways")
    for tensor, edits in planned.values():
        cut(torch.empty(tensor.shape, device="meta"), edits)
    return list(planned.values())


def _check_sites(tensors: dict[str, Tensor], report: Report) -> None:
    for site in report.channels:
        scale = tensors.get(f"{site.path}.weight")
        if scale is not None and scale.shape[0] != site.before:
            raise SliceError(f"`{site.path}` has {scale.shape[0]} channels and the report speaks of {site.before}: "
                             "the report is of another model, or the module is sliced already")


def _plan_numbers(model: nn.Module, report: Report) -> list[tuple[nn.Module, str, int]]:
    planned = []
    for attribute in report.attributes:
        try:
            module = model.get_submodule(attribute.path)
            value = getattr(module, attribute.name)
        except AttributeError as error:
            raise SliceError(f"the module has no `{attribute.path}.{attribute.name}`, which the report changes") from error
        if value not in (attribute.before, (attribute.before,), [attribute.before]):
            raise SliceError(f"`{attribute.path}.{attribute.name}` is {value!r} and the report speaks of {attribute.before}")
        planned.append((module, attribute.name, attribute.after if isinstance(value, int) else type(value)([attribute.after])))
    return planned


def _owners(model: nn.Module, report: Report) -> Iterator[nn.Module]:
    """Every module that holds a tensor that was cut, under whichever name."""
    tensors = dict(model.named_parameters(remove_duplicate=False)) | dict(model.named_buffers(remove_duplicate=False))
    edited = {id(tensors[edit.tensor]) for edit in report.edits}
    for module in model.modules():
        own = [*module.parameters(recurse=False), *module.buffers(recurse=False)]
        if any(id(tensor) in edited for tensor in own):
            yield module


def _replaced(tensor: Tensor, content: Tensor, gradient: Tensor | None) -> Callable[[], None]:
    old_content, old_gradient = tensor.data, tensor.grad
    _replace(tensor, content, gradient)
    return lambda: _replace(tensor, old_content, old_gradient)


def _replace(tensor: Tensor, content: Tensor, gradient: Tensor | None) -> None:
    tensor.grad = None
    if tensor.requires_grad:
        # A graph of an earlier step that is still alive holds a node that expects gradients of the old shape. A change of type drops it.
        other = torch.float32 if tensor.dtype == torch.float64 else torch.float64
        tensor.data = torch.empty(0, dtype=other, device=tensor.device)
    tensor.data = content
    tensor.grad = gradient


def _set(module: nn.Module, name: str, value: Any) -> Callable[[], None]:
    old = getattr(module, name)
    setattr(module, name, value)
    return lambda: setattr(module, name, old)

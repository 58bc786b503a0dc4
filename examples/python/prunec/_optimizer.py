# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What an optimizer remembers of each parameter, cut as the parameter was."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from ._cut import cut, edits_by_tensor
from ._errors import SliceError
from ._report import Edit, Report
from ._vanish import is_gone


def slice_optimizer_(optimizer: Optimizer, model: nn.Module, report: Report) -> Optimizer:
    """Cuts an optimizer's state in place after `slice_`, so that training goes on: momentum, the moments of Adam and its kin, and states that
    hold one number per row or column, as Adafactor's. Parameters of paths that vanished leave it. Parameter groups, learning rates and step counts
    stay as they are.

    Args:
        optimizer: of the module's parameters, or of some of them; with or without state yet.
        model: the module, already sliced.
        report: that it was sliced by. A state that is cut already is left alone.

    Returns:
        The optimizer.

    Raises:
        SliceError: the module is not sliced yet, or the optimizer remembers something that does not go by parameter, as LBFGS does.
            The optimizer is then as it was before.

    >>> report = prunec.prune(model, rules="digits_resnet.prune", strategy="all", ratio=0.5, example=images)
    >>> optimizer = prunec.slice_optimizer_(optimizer, prunec.slice_(model, report), report)
    >>> criterion(model(images), labels).backward()
    >>> optimizer.step()
    """
    by_name = edits_by_tensor(report.edits)
    names = {id(parameter): name for name, parameter in model.named_parameters(remove_duplicate=False) if name in by_name}
    changes: list[tuple[dict[str, Any], str, Tensor]] = []
    for parameter, state in optimizer.state.items():
        edits = by_name[names[id(parameter)]] if id(parameter) in names else []
        _must_be_sliced(parameter, edits)
        for key, value in state.items():
            if isinstance(value, Tensor):
                if value.numel() > 1 or value.ndim == parameter.ndim:
                    changes.append((state, key, _cut_state(value, parameter, edits, key)))
            elif _holds_tensors(value):
                raise SliceError(f"{type(optimizer).__name__} remembers `{key}`, which does not go by parameter and cannot be cut; make a new optimizer")
    for state, key, tensor in changes:
        state[key] = tensor
    held = {id(parameter) for parameter in model.parameters()}
    for group in optimizer.param_groups:
        group["params"] = [parameter for parameter in group["params"] if id(parameter) in held or not is_gone(parameter)]
    for parameter in [parameter for parameter in optimizer.state if id(parameter) not in held and is_gone(parameter)]:
        del optimizer.state[parameter]
    return optimizer


def _must_be_sliced(parameter: Tensor, edits: list[Edit]) -> None:
    for edit in edits:
        if parameter.shape[edit.axis] * edit.groups != len(edit.kept):
            raise SliceError(f"`{edit.tensor}` is not sliced yet: call `slice_` first")


def _cut_state(state: Tensor, parameter: Tensor, edits: list[Edit], key: str) -> Tensor:
    """Every axis of a state is as long as the parameter's, before or after the cut, or 1."""
    if state.shape == parameter.shape:
        return state
    needed = []
    for edit in edits if state.ndim == parameter.ndim else []:
        if state.shape[edit.axis] not in (1, parameter.shape[edit.axis]):
            needed.append(edit)
    if any(edit.groups > 1 and state.shape[0] == 1 for edit in needed):
        raise SliceError(f"the optimizer's `{key}` holds one number per column of the grouped `{needed[0].tensor}` and cannot be cut; make a new optimizer")
    result = cut(state, needed) if needed else state
    fits = result.ndim == parameter.ndim and all(have in (1, want) for have, want in zip(result.shape, parameter.shape))
    if not fits:
        raise SliceError(f"the optimizer's `{key}` has shape {tuple(state.shape)}, which does not belong to a parameter of shape "
                         f"{tuple(parameter.shape)}; make a new optimizer")
    return result


def _holds_tensors(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(isinstance(item, Tensor) or _holds_tensors(item) for item in value)
    if isinstance(value, dict):
        return any(isinstance(item, Tensor) or _holds_tensors(item) for item in value.values())
    return False

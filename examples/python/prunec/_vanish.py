# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Paths that are gone altogether, as `keep at least 0` has it."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor, nn
from torch.utils.weak import WeakTensorKeyDictionary

from ._errors import SliceError

_GONE = WeakTensorKeyDictionary()


class Vanished(nn.Module):
    """Stands where a path was. What it returns has no channels, and `torch.cat` leaves it out."""

    def forward(self, x: Tensor) -> Tensor:
        return x.new_empty([0])


def let_vanish(model: nn.Module, path: str) -> Callable[[], None]:
    """Returns what takes it back."""
    container, _, name = path.rpartition(".")
    try:
        parent = model.get_submodule(container)
        old = model.get_submodule(path)
    except AttributeError as error:
        raise SliceError(f"the module has no `{path}`, which the report takes out") from error
    parent._modules[name] = Vanished().train(old.training)
    for parameter in old.parameters():
        _GONE[parameter] = True

    def back() -> None:
        parent._modules[name] = old
        for parameter in old.parameters():
            del _GONE[parameter]

    return back


def is_gone(parameter: Tensor) -> bool:
    """Whether it belonged to a path that vanished."""
    return parameter in _GONE

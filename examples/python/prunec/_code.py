# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Numbers of a class's Python code that pruning changes: sizes of parts, sizes of views, channel shuffles. The code stays; the calls are led elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from ._errors import SliceError
from ._report import CodeEdit, Report

SPLITS = ("chunk", "split", "tensor_split", "unsafe_chunk", "unsafe_split", "split_with_sizes", "unsafe_split_with_sizes")
VIEWS = ("view", "reshape")
SIZES = ("size", "shape")


class EditedForward:
    """Stands in for the `forward` of one module and runs that of its class, with these numbers in place of the code's own."""

    def __init__(self, module: nn.Module, edits: Sequence[CodeEdit]) -> None:
        self.module = module
        self.edits = tuple(edits)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        with _Replay(self.edits):
            return type(self.module).forward(self.module, *arguments, **named)


def has_edited_code(model: nn.Module) -> bool:
    """True after a `slice_` that changed more than tensors. TorchScript would compile the class's code as it is written."""
    return any(isinstance(module.__dict__.get("forward"), EditedForward) for module in model.modules())


def edit_code(model: nn.Module, report: Report) -> list[Callable[[], None]]:
    """Gives every module whose code has other numbers in the report an edited forward. Returns what takes it back."""
    by_path: dict[str, list[CodeEdit]] = {}
    for edit in report.code:
        if edit.path is not None and _kind(edit) is not None:
            by_path.setdefault(edit.path, []).append(edit)
    undo = []
    for path, edits in by_path.items():
        try:
            module = model.get_submodule(path)
        except AttributeError as error:
            raise SliceError(f"the module has no `{path}`, whose code the report changes: the report is of another model") from error
        undo.append(_edit_module(module, path, sorted(edits, key=lambda edit: edit.nodes)))
    return undo


def _edit_module(module: nn.Module, path: str, edits: list[CodeEdit]) -> Callable[[], None]:
    old = module.__dict__.get("forward")
    if old is not None and not isinstance(old, EditedForward):
        raise SliceError(f"`{path}` has a `forward` of its own beside that of its class, whose numbers cannot be changed")
    if isinstance(old, EditedForward):
        edits = _merged(old.edits, edits)
    module.__dict__["forward"] = EditedForward(module, edits)
    # TorchScript takes modules for alike that differ in nothing but a callable: this tells them apart.
    module.__dict__["has_edited_code"] = True

    def back() -> None:
        if old is None:
            del module.__dict__["forward"], module.__dict__["has_edited_code"]
        else:
            module.__dict__["forward"] = old

    return back


def _merged(old: Iterable[CodeEdit], new: list[CodeEdit]) -> list[CodeEdit]:
    """The edits of a module that is sliced again: the trace that the second report is about has the numbers of the first."""
    result = list(old)
    for edit in new:
        before = list(edit.before or [])
        for number, earlier in enumerate(result):
            if _kind(earlier) == _kind(edit) and (before == list(earlier.after) or _kind(edit) == "index" and len(before) in (0, len(earlier.after))):
                result[number] = edit
                break
        else:
            result.append(edit)
    return result


def _kind(edit: CodeEdit) -> str | None:
    if edit.argument in ("parts", "index"):
        return edit.argument
    return "size" if edit.argument in SIZES and edit.element is not None else None


class _Replay(TorchFunctionMode):
    """Each edit is for one call, in the order of the code. An edit whose number the code computes by itself finds no call, and needs none."""

    def __init__(self, edits: Iterable[CodeEdit]) -> None:
        super().__init__()
        self.waiting = list(edits)

    def __torch_function__(self, func: Callable[..., Any], types: Any, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None) -> Any:
        named = kwargs or {}
        name = getattr(func, "__name__", "")
        if args and isinstance(args[0], Tensor):
            for number, edit in enumerate(self.waiting):
                changed = _CHANGES[str(_kind(edit))](edit, name, args, named)
                if changed is not None:
                    del self.waiting[number]
                    return changed
        return func(*args, **named)


def _split(edit: CodeEdit, name: str, args: Sequence[Any], named: dict[str, Any]) -> Any:
    if name not in SPLITS:
        return None
    axis = named.get("dim", args[2] if len(args) > 2 else 0)
    if args[0].shape[axis] != sum(edit.after):
        return None
    return args[0].split(list(edit.after), axis)


def _shuffle(edit: CodeEdit, name: str, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """The view that begins a shuffle gives the channels, in their new order, an axis of length 1: to turn the two axes around changes nothing then."""
    given = args[0]
    index = torch.tensor(edit.after, device=given.device)
    if name in ("channel_shuffle", "native_channel_shuffle"):
        return given.index_select(1, index) if given.shape[1] == len(edit.after) else None
    sizes = _sizes(args, named)
    if name not in VIEWS or len(sizes) != given.ndim + 1:
        return None
    axis = next((number for number, (have, want) in enumerate(zip(given.shape, sizes)) if have != want and want != -1), None)
    if axis is None or given.shape[axis] != len(edit.after):
        return None
    return given.index_select(axis, index).unsqueeze(axis + 1)


def _resize(edit: CodeEdit, name: str, args: Sequence[Any], named: dict[str, Any]) -> Any:
    sizes = _sizes(args, named)
    if name not in VIEWS or edit.element is None or edit.element >= len(sizes) or [sizes[edit.element]] != list(edit.before):
        return None
    sizes[edit.element] = edit.after[0]
    return args[0].reshape(sizes) if name == "reshape" else args[0].view(sizes)


def _sizes(args: Sequence[Any], named: dict[str, Any]) -> list[int]:
    given = named.get("shape", named.get("size", args[1] if len(args) == 2 else args[1:]))
    return list(given) if isinstance(given, (tuple, list)) else [given] if isinstance(given, int) else []


_CHANGES: dict[str, Callable[..., Any]] = {"parts": _split, "index": _shuffle, "size": _resize}

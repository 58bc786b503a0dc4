# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""From a module in memory to the file that the program reads, and back."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import torch
from torch import nn

from ._code import has_edited_code
from ._errors import BridgeError
from ._report import Report

Form = Literal["auto", "script", "trace"]


def export(model: nn.Module, path: str | os.PathLike[str], example: Any = None, *, form: Form = "auto") -> Path:
    """Writes a module as TorchScript, the form that `prunec apply` reads.

    Args:
        model: in any mode; it is exported in eval mode and left as it was.
        path: of the file to write; an existing one is replaced.
        example: a tensor, or a tuple of all the arguments of one call. Needed for a trace.
        form: "script" keeps the train mode, so that the pruned file can be trained; "trace" takes any module, and its file stays in eval mode; "auto"
            scripts where it can, else traces, with a warning.

    Returns:
        The path.

    Raises:
        BridgeError: the module cannot be exported in this form.

    >>> prunec.export(model, "digits.pt").name
    'digits.pt'
    """
    path = Path(path)
    with evaluating(model), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TorchScript is deprecated in Python, and is the form that can be trained on
        exported, reason = _exported(model, example, form)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
        try:
            torch.jit.save(exported, str(unfinished))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    if reason is not None:
        warnings.warn(f"{type(model).__name__} cannot be scripted and was traced: the file stays in eval mode ({reason})", stacklevel=2)
    return path


def load(source: str | os.PathLike[str] | Report, device: str | torch.device = "cpu") -> torch.jit.ScriptModule:
    """Loads a pruned model, from its file or from the report of its pruning. The class that it came from is not needed.

    >>> report = prunec.prune(model, rules="digits_resnet.prune", ratio=0.5, example=images, output="pruned.pt", force=True)
    >>> prunec.load(report)(images).shape
    torch.Size([4, 10])
    """
    if isinstance(source, Report):
        if not source.output.path:
            raise BridgeError("this report is of a dry run, which wrote no model; prune with `output=` to get one")
        source = source.output.path
    if not Path(source).is_file():
        raise BridgeError(f"{os.fspath(source)}: there is no such model file")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model: torch.jit.ScriptModule = torch.jit.load(str(source), map_location=device)  # type: ignore[no-untyped-call]
            return model
        except RuntimeError as error:
            raise BridgeError(f"{os.fspath(source)}: this is no TorchScript model: {_first_line(error)}") from error


@contextlib.contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Eval mode for a while; each module goes back to its own mode."""
    training = [module for module in model.modules() if module.training]
    model.eval()
    try:
        yield
    finally:
        for module in training:
            module.training = True


def as_arguments(example: Any) -> tuple[Any, ...]:
    return example if isinstance(example, tuple) else (example,)


def _exported(model: nn.Module, example: Any, form: Form) -> tuple[torch.jit.ScriptModule, str | None]:
    if isinstance(model, torch.jit.ScriptModule):
        return model, None
    reason: str | None = None
    if form != "trace" and has_edited_code(model):
        reason = "its code has other numbers since it was sliced"
        if form == "script":
            raise BridgeError(f"{type(model).__name__} cannot be scripted: {reason}")
    elif form != "trace":
        try:
            return torch.jit.script(model), None
        except Exception as error:  # scripting raises whatever the module's code makes it raise
            reason = _first_line(error)
            if form == "script":
                raise BridgeError(f"{type(model).__name__} cannot be scripted: {reason}") from error
    if example is None:
        why = f" and cannot be scripted ({reason})" if reason else ""
        raise BridgeError(f"{type(model).__name__} is to be traced{why}: give `example=`, the input of one call")
    try:
        with torch.no_grad():
            return torch.jit.trace(model, as_arguments(example)), reason  # type: ignore[no-untyped-call]
    except Exception as error:
        raise BridgeError(f"{type(model).__name__} cannot be traced: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)

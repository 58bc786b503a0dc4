# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The penalty that makes scales small before pruning: network slimming (Liu et al. 2017) on exactly what a plan prunes."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ._errors import SliceError
from ._program import prune
from ._report import Report

_reports: weakref.WeakKeyDictionary[nn.Module, dict[tuple[str, int], Report]] = weakref.WeakKeyDictionary()


def scales(model: nn.Module, plan: Report | str | os.PathLike[str], *, example: Any = None) -> list[nn.Parameter]:
    """The scales of the sites that a plan prunes by their own magnitude, in the order of the report. Sites that are carried along, skipped or not
    selected are not among them.

    Args:
        model: the module.
        plan: a Report of this network (a dry run does, with any amount), a report's file, or a plan's file (`.toml`). For a plan the program is run
            once on the module to match the plan's sites; the answer is remembered as long as the module and the file stay the same.
        example: an input; needed with a plan's file as in `prune`.

    Raises:
        SliceError: a site is no layer of the module, or has no scales.
    """
    report = plan if isinstance(plan, Report) else _report_of(model, Path(plan), example)
    found: list[nn.Parameter] = []
    for site in report.channels:
        if site.role != "voter":
            continue
        try:
            scale = model.get_submodule(site.path).weight
        except AttributeError as error:
            raise SliceError(f"the module has no `{site.path}` with scales, which the plan prunes") from error
        if not isinstance(scale, nn.Parameter) or scale.ndim != 1:
            raise SliceError(f"`{site.path}` has no trainable scale per channel to be made small")
        if all(scale is not other for other in found):
            found.append(scale)
    return found


def sparsity(model: nn.Module, plan: Report | str | os.PathLike[str], lam: float, *, example: Any = None) -> Tensor:
    """The L1 term `lam * sum |scale|` over `scales(model, plan)`, to be added to the loss. Its gradient reaches these scales and nothing else.

    >>> plan = prunec.prune(model, rules="digits_resnet.prune", strategy="all", ratio=0, example=images)
    >>> loss = criterion(model(images), labels) + prunec.sparsity(model, plan, 1e-4)
    >>> loss.backward()
    """
    penalised = scales(model, plan, example=example)
    if not penalised:
        raise SliceError("the plan prunes no site of this module")
    return lam * torch.stack([scale.abs().sum() for scale in penalised]).sum()


def _report_of(model: nn.Module, path: Path, example: Any) -> Report:
    if path.suffix == ".json":
        return Report.read(path)
    known = _reports.setdefault(model, {})
    key = (str(path.resolve()), path.stat().st_mtime_ns if path.exists() else 0)
    if key not in known:
        known[key] = prune(model, plan=path, ratio=0.0, example=example, verify=False)
    return known[key]

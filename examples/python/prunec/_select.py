# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Norms that read only some of the channels that come to them, as `concat-select` has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ._report import CodeEdit, Report


class ReadOnly:
    """A forward pre-hook that gives a norm these channels of its input. It is copied and pickled along with its module."""

    def __init__(self, channels: Sequence[int]) -> None:
        self.channels = tuple(channels)

    def __call__(self, module: nn.Module, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        given: Tensor = arguments[0]
        return given.index_select(1, torch.tensor(self.channels, device=given.device)), *arguments[1:]


def selections(report: Report) -> dict[str, ReadOnly]:
    """Path of a norm -> what it reads, for each norm that the report lets select."""
    sites = {site.path for site in report.channels}
    return {entry.path: ReadOnly(entry.after) for entry in report.code if is_selection(entry) and entry.path is not None and entry.path in sites}


def is_selection(entry: CodeEdit) -> bool:
    return entry.argument == "input"


def let_read_only(module: nn.Module, hook: ReadOnly) -> Callable[[], None]:
    """Returns what takes it back."""
    return module.register_forward_pre_hook(hook, prepend=False).remove

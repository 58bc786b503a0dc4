# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Runs the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ._errors import BridgeError, Diagnostic, ProgramError, ProgramMissing, read_diagnostics
from ._export import Form, export
from ._report import Report

StrPath = str | os.PathLike[str]
Amount = float | str


def find_program(program: StrPath | None = None) -> str:
    """The program to run: the one named, else the one of the environment variable PRUNEC, else `prunec` on the PATH.

    Raises:
        ProgramMissing: there is none, or the one named is no program.
    """
    named, said = (program, "the argument `program`") if program is not None else (os.environ.get("PRUNEC"), "the environment variable PRUNEC")
    found = shutil.which(os.fspath(named or "prunec"))
    if found:
        return found
    if named:
        raise ProgramMissing(f"{said} names `{os.fspath(named)}`, which is no program")
    raise ProgramMissing("`prunec` is not on the PATH; install it, or name it in the environment variable PRUNEC or by `program=`")


def prune(
    model: nn.Module | StrPath,
    *,
    rules: StrPath | None = None,
    strategy: str | None = None,
    plan: StrPath | None = None,
    ratio: float | None = None,
    threshold: float | None = None,
    macs: Amount | None = None,
    params: Amount | None = None,
    channels: Amount | None = None,
    latency: Amount | None = None,
    latency_table: StrPath | None = None,
    example: Any = None,
    input: Sequence[int] | str | None = None,
    output: StrPath | None = None,
    report: StrPath | None = None,
    device: str | None = None,
    tolerance: float | None = None,
    verify: bool = True,
    dry_run: bool = False,
    force: bool = False,
    form: Form = "auto",
    options: Sequence[str] = (),
    program: StrPath | None = None,
    timeout: float | None = None,
) -> Report:
    """Chooses the channels to remove, proves the cut and returns the report. The arguments are those of `prunec apply`.

    Args:
        model: a module, which stays untouched (follow with `slice_`), or the path of a TorchScript file. A module is exported to a temporary file.
        rules: a rule file, or the name of installed rules such as "resnet18". `plan` names a compiled plan in their place.
        strategy: of the rules; without it, their default one.
        ratio: the share of the channels to remove, by one threshold for all of them.
        threshold: that threshold itself.
        macs, params, channels, latency: a budget in place of these, as the share to keep: 0.5 or "50%". The widths for it are solved for. Latency
            is what `prunec bench` measured, in the file that `latency_table` names.
        example: an input, from which the shape for the check is taken; also needed where the module cannot be scripted.
        input: that shape by itself, for example (1, 3, 224, 224).
        output: where the pruned model goes. A module without it is pruned on paper only: nothing is written, the report says all.
        report: where the report's file goes. Without it: beside the output, or nowhere if nothing is written.
        options: further arguments of the program, as on the command line.
        program: the program to run, see `find_program`.
        timeout: seconds after which the program is ended with subprocess.TimeoutExpired.

    Returns:
        The report; the program's warnings are its `warnings`.

    Raises:
        ProgramError: the program refused; `diagnostics` says why.
        ProgramMissing, BridgeError: there is no program; the module cannot be exported.

    >>> report = prunec.prune(model, rules="digits_resnet.prune", strategy="all", ratio=0.5, example=images)
    >>> round(report.totals.macs.removed, 2), report.verification.passed
    (0.69, True)
    >>> report.channels[1].path, report.channels[1].before, report.channels[1].kept
    ('layer1.0.bn1', 16, (2, 3, 6, 8, 9, 11, 15))
    >>> report = prunec.prune(model, rules="digits_resnet.prune", strategy="all", macs="50%", example=images)
    >>> 0.5 <= report.totals.macs.removed < 0.6
    True
    """
    executable = find_program(program)
    arguments: list[str] = []
    on_paper = dry_run or isinstance(model, nn.Module) and output is None
    if on_paper and report is not None and not force and Path(report).exists():
        raise BridgeError(f"{os.fspath(report)}: the file exists already; give `force=True` to replace it")
    for flag, value in (("--rules", rules), ("--strategy", strategy), ("--plan", plan), ("--device", device), ("--output", output),
                        ("--report", report), ("--latency-table", latency_table)):
        if value is not None:
            arguments += [flag, os.fspath(value)]
    for flag, number in (("--ratio", ratio), ("--threshold", threshold), ("--tolerance", tolerance)):
        if number is not None:
            arguments += [flag, repr(float(number))]
    for flag, amount in (("--macs", macs), ("--params", params), ("--channels", channels), ("--latency", latency)):
        if amount is not None:
            arguments += [flag, amount if isinstance(amount, str) else f"{100 * amount:.12g}%"]
    shape = input if input is not None else _shape_of(example)
    if shape is not None:
        arguments += ["--input", shape if isinstance(shape, str) else "x".join(map(str, shape))]
    for flag, given in (("--no-verify", not verify), ("--force", force), ("--dry-run", on_paper)):
        arguments += [flag] if given else []
    arguments += options

    if isinstance(model, nn.Module):
        with tempfile.TemporaryDirectory(prefix="prunec-") as folder:
            text, warnings = _apply(executable, str(export(model, Path(folder) / "model.pt", example, form=form)), arguments, timeout)
    else:
        text, warnings = _apply(executable, os.fspath(model), arguments, timeout)
    if on_paper and report is not None:  # the program writes nothing on a dry run
        Path(report).write_text(text, encoding="utf-8")
    return Report.parse(text, "the program's report", warnings)


def _apply(executable: str, model: str, arguments: list[str], timeout: float | None) -> tuple[str, tuple[Diagnostic, ...]]:
    command = [executable, "apply", model, *arguments, "--format", "json"]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", timeout=timeout)
    except OSError as error:
        raise ProgramMissing(f"`{executable}` cannot be run: {error}") from error
    diagnostics = read_diagnostics(done.stderr)
    if done.returncode != 0:
        raise ProgramError(done.returncode, diagnostics, command, done.stderr)
    return done.stdout, diagnostics


def _shape_of(example: Any) -> Sequence[int] | None:
    if isinstance(example, tuple) and len(example) == 1:
        example = example[0]
    if example is None:
        return None
    if isinstance(example, torch.Tensor):
        return tuple(example.shape)
    raise BridgeError("`example` is no single tensor; name the shape of one input by `input=`")

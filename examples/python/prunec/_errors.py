# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What can go wrong, as types. Everything that this package raises on purpose is a BridgeError."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class BridgeError(Exception):
    """Base of all errors of this package."""


class ProgramMissing(BridgeError):
    """The program `prunec` was not found."""


class ReportError(BridgeError):
    """A report cannot be read, or is of another version."""


class SliceError(BridgeError):
    """The report does not fit the module, or the cut cannot be made. The module is as it was before."""


@dataclass(frozen=True)
class Note:
    """What a diagnostic adds, with the place that it is about: a file, or a layer of the model."""

    text: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    layer: str | None = None


@dataclass(frozen=True)
class Diagnostic:
    """One message of the program. `prunec explain CODE` says more about it."""

    code: str
    name: str
    severity: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    layer: str | None = None
    notes: tuple[Note, ...] = ()
    help: str | None = None

    def __str__(self) -> str:
        lines = [f"{_place(self)}{self.severity}[{self.code}]: {self.message}"]
        lines += [f"  note: {_place(note)}{note.text}" for note in self.notes]
        if self.help:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)


class ProgramError(BridgeError):
    """The program ended with an error.

    Attributes:
        exit_code: 1: the input was judged bad; 2: usage or environment; 3: a bug in prunec; negative: the signal that ended it.
        diagnostics: what the program said, errors and warnings in its order.
        command: the command line that was run.
    """

    def __init__(self, exit_code: int, diagnostics: Sequence[Diagnostic], command: Sequence[str], output: str = "") -> None:
        self.exit_code = exit_code
        self.diagnostics = tuple(diagnostics)
        self.command = tuple(command)
        said = "\n".join(map(str, self.diagnostics)) or output.strip() or "it said nothing"
        super().__init__(f"prunec ended with exit code {exit_code}\n{said}")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the errors, such as ("P0506",)."""
        return tuple(diagnostic.code for diagnostic in self.diagnostics if diagnostic.severity == "error")


def read_diagnostics(text: str) -> tuple[Diagnostic, ...]:
    """Reads what the program writes to stderr with `--format json`. It may write several documents; other text between them is left out."""
    decoder = json.JSONDecoder()
    found: list[Diagnostic] = []
    at = text.find("{")
    while at >= 0:
        try:
            document, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            end = at + 1
        else:
            found += [_diagnostic(entry) for entry in document.get("diagnostics", [])]
        at = text.find("{", end)
    return tuple(found)


def _diagnostic(entry: Mapping[str, Any]) -> Diagnostic:
    notes = tuple(Note(note["text"], **_where(note)) for note in entry.get("notes", []))
    return Diagnostic(entry["code"], entry["name"], entry["severity"], entry["message"], **_where(entry), notes=notes, help=entry.get("help"))


def _where(entry: Mapping[str, Any]) -> dict[str, Any]:
    start = entry.get("range", {}).get("start", {})
    return {"path": entry.get("path"), "line": start.get("line"), "column": start.get("column"), "layer": entry.get("layer")}


def _place(entry: Diagnostic | Note) -> str:
    if entry.layer is not None:
        return f"layer `{entry.layer}`: "
    if entry.path is None:
        return ""
    numbers = "" if entry.line is None else f":{entry.line}:{entry.column}"
    return f"{entry.path}{numbers}: "

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The report of one pruning, as types. The file format is prunec's own, schema 1."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ._errors import Diagnostic, ReportError

SCHEMA = 1


@dataclass(frozen=True)
class ModelFile:
    path: str
    sha256: str
    format: str


@dataclass(frozen=True)
class Plan:
    architecture: str
    strategy: str
    rules_sha256: str


@dataclass(frozen=True)
class Request:
    """What was asked, for example ratio 0.4."""

    kind: str
    value: float


@dataclass(frozen=True)
class Site:
    """A norm (or another layer that owns channels) that the strategy touches.

    Attributes:
        path: of the module.
        kind: such as "batch_norm".
        before, after: number of channels.
        kept: sorted positions of the channels that stay.
        set: number of the coupled set; sites with the same number keep the same channels.
        role: "voter": pruned by its own scales; "carried": keeps what its tie keeps; "kept": selected, but left whole.
        reason: why it is left whole, for role "kept".
    """

    path: str
    kind: str
    before: int
    after: int
    kept: tuple[int, ...]
    set: int
    role: str
    reason: str | None = None


@dataclass(frozen=True)
class Edit:
    """One cut: keep these positions of one axis of a parameter or buffer.

    Attributes:
        tensor: key of the state_dict.
        kept: sorted positions.
        groups: above 1, the axis is 1 of a grouped convolution's weight, and the positions count through the inputs of all groups; each group
            keeps the same number, and the rows of each group take their own columns.
    """

    tensor: str
    axis: int
    kept: tuple[int, ...]
    groups: int = 1


@dataclass(frozen=True)
class Attribute:
    """A number of a module that changes, such as the `groups` of a depthwise convolution."""

    path: str
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class CodeEdit:
    """A number in the saved model's code that changed, or a list of them. A module in memory has it in its Python code.

    Attributes:
        path, method, nodes: the module, its method and the operation's place in it.
        operation, argument, element: such as "aten::view", "size", 1; of "parts" and "index", the sizes of parts and a channel shuffle, all of it;
            of "input", the channels that a norm reads (`concat-select`).
    """

    place: str
    before: Any = None
    after: Any = None
    path: str | None = None
    method: str = "forward"
    nodes: tuple[int, ...] = ()
    operation: str = ""
    argument: str = ""
    element: int | None = None


@dataclass(frozen=True)
class Change:
    before: int
    after: int

    @property
    def removed(self) -> float:
        """The share that is gone, 0 to 1."""
        return 1 - self.after / self.before if self.before else 0.0


@dataclass(frozen=True)
class Totals:
    parameters: Change
    macs: Change
    bytes: Change


@dataclass(frozen=True)
class Verification:
    """How the pruned model compared with the original whose removed channels were masked."""

    performed: bool
    passed: bool
    max_abs_diff: float
    max_rel_diff: float
    tolerance: float
    inputs: str


@dataclass(frozen=True)
class Output:
    """The pruned model's file; the path is empty after a dry run."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Report:
    """What prunec decided and what came of it.

    `raw` is the whole document, with whatever a later prunec adds; `warnings` is what the program said beside it.
    """

    model: ModelFile
    plan: Plan
    request: Request
    reached: Mapping[str, float]
    threshold: float
    channels: tuple[Site, ...]
    edits: tuple[Edit, ...]
    attributes: tuple[Attribute, ...]
    code: tuple[CodeEdit, ...]
    modules: tuple[str, ...]
    totals: Totals
    verification: Verification
    output: Output
    prunec: str
    raw: Mapping[str, Any] = field(repr=False, compare=False)
    warnings: tuple[Diagnostic, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Report:
        """Reads a report file.

        Raises:
            ReportError: the file is missing, is no JSON, or is not a report of schema 1.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ReportError(f"{os.fspath(path)}: the report cannot be read: {error}") from error
        return cls.parse(text, os.fspath(path))

    @classmethod
    def parse(cls, text: str, place: str = "report", warnings: tuple[Diagnostic, ...] = ()) -> Report:
        """Reads a report's text; `place` is named in errors."""
        try:
            document = json.loads(text)
        except ValueError as error:
            raise ReportError(f"{place}: this is no JSON: {error}") from error
        if not isinstance(document, dict) or "schema" not in document:
            raise ReportError(f"{place}: this is no report of prunec")
        if document["schema"] != SCHEMA:
            raise ReportError(f"{place}: the report has schema {document['schema']!r}; this package knows schema {SCHEMA}")
        try:
            return cls._of(document, warnings)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReportError(f"{place}: the report is incomplete or damaged: {type(error).__name__}: {error}") from error

    @classmethod
    def _of(cls, d: dict[str, Any], warnings: tuple[Diagnostic, ...]) -> Report:
        return cls(
            model=ModelFile(d["model"]["path"], d["model"]["sha256"], d["model"]["format"]),
            plan=Plan(d["plan"]["architecture"], d["plan"]["strategy"], d["plan"]["rules_sha256"]),
            request=Request(d["request"]["kind"], d["request"]["value"]),
            reached=dict(d["reached"]),
            threshold=d["threshold"],
            channels=tuple(Site(s["path"], s["kind"], s["before"], s["after"], tuple(s["kept"]), s["set"], s["role"], s.get("reason"))
                           for s in d["channels"]),
            edits=tuple(Edit(e["tensor"], e["axis"], tuple(e["kept"]), e.get("groups", 1)) for e in d["edits"]),
            attributes=tuple(Attribute(a["path"], a["name"], a["before"], a["after"]) for a in d["attributes"]),
            code=tuple(_code_edit(c) for c in d.get("code", [])),
            modules=tuple(d.get("modules", [])),
            totals=Totals(*(Change(d["totals"][key]["before"], d["totals"][key]["after"]) for key in ("parameters", "macs", "bytes"))),
            verification=Verification(*(d["verification"][key] for key in
                                        ("performed", "passed", "max_abs_diff", "max_rel_diff", "tolerance", "inputs"))),
            output=Output(d["output"]["path"], d["output"]["sha256"]),
            prunec=d["prunec"], raw=d, warnings=warnings)


def _code_edit(entry: Mapping[str, Any]) -> CodeEdit:
    place = entry.get("place") or ".".join(str(entry[key]) for key in ("path", "method") if entry.get(key)) or "the model's code"
    return CodeEdit(str(place), entry.get("before"), entry.get("after"), entry.get("path"), entry.get("method", "forward"),
                    tuple(entry.get("nodes", ())), entry.get("operation", ""), entry.get("argument", ""), entry.get("element"))

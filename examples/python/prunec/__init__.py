# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Prune PyTorch networks with prunec, and go on in your own class and training loop.

>>> report = prunec.prune(model, rules="digits_resnet.prune", strategy="all", ratio=0.5, example=images)
>>> model = prunec.slice_(model, report, example=images)
>>> optimizer = prunec.slice_optimizer_(optimizer, model, report)
>>> f"{sum(p.numel() for p in model.parameters()):,} of {report.totals.parameters.before:,} parameters"
'61,007 of 272,186 parameters'

The program decides and proves; this package hands models to it, reads its report and repeats the cuts on a module in memory.
"""

from ._errors import BridgeError, Diagnostic, Note, ProgramError, ProgramMissing, ReportError, SliceError
from ._export import export, load
from ._optimizer import slice_optimizer_
from ._program import find_program, prune
from ._report import (Attribute, Change, CodeEdit, Edit, ModelFile, Output, Plan, Report, Request, Site, Totals, Verification)
from ._slice import slice_
from ._sparsity import scales, sparsity

__all__ = [
    "Attribute", "BridgeError", "Change", "CodeEdit", "Diagnostic", "Edit", "ModelFile", "Note", "Output", "Plan", "ProgramError", "ProgramMissing",
    "Report", "ReportError", "Request", "Site", "SliceError", "Totals", "Verification", "export", "find_program", "load", "prune", "scales", "slice_",
    "slice_optimizer_", "sparsity",
]

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Runs the program under test, named by the environment variable PRUNEC, and judges how it failed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RULES = HERE.parent.parent / "rules"

# What a program shows when it falls over instead of saying what is wrong.
CRASH_MARKS = ("terminate called", "what():", "Traceback", "c10::", "torch::", "std::", "Exception raised from", "enforce fail", ".cc:", ".cpp:",
               "frame #", "INTERNAL ASSERT", "Segmentation", "core dumped")


def find():
    program = os.environ.get("PRUNEC")
    assert program, "the environment variable PRUNEC must name the program under test"
    return program


def prunec(*arguments, cwd=None, timeout=300, environment=None, **options):
    variables = {**os.environ, "OMP_WAIT_POLICY": "passive", "NO_COLOR": "1", **(environment or {})}
    return subprocess.run([find(), *map(str, arguments)], cwd=cwd, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=timeout, **options)


def apply(model, *arguments, input_shape="1x3x64x64", **options):
    return prunec("apply", model, "--input", input_shape, *arguments, **options)


def without_chance(table):
    """Gives every layer of a measured table a time that goes by its size, so that what can be reached hangs on no clock."""
    measured = json.loads(table.read_text())
    for layer in measured["layers"]:
        layer["picoseconds"] = [1000 * inputs * outputs for inputs in layer["inputs"] for outputs in layer["outputs"]]
    table.write_text(json.dumps(measured))


def succeeds(result):
    assert result.returncode == 0, f"exit code {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


def codes(result):
    return re.findall(r"\b(?:error|internal error)\[(P\d{4})\]", result.stderr)


def fails(result, exit_code, code=None):
    """Failed as documented: this exit code, one diagnostic that a person can read, on stderr."""
    told = f"exit code {result.returncode}, stdout:\n{result.stdout}\nstderr:\n{result.stderr}"
    assert result.returncode == exit_code, told
    if code is not None:
        expected = {code} if isinstance(code, str) else set(code)
        found = codes(result)
        assert len(found) == 1 and found[0] in expected, f"expected one of {sorted(expected)}, found {found}\n{told}"
    else:
        assert len(re.findall(r"\berror\b(?=[\[:])", result.stderr)) == 1, told
    crashed = [mark for mark in CRASH_MARKS if mark in result.stdout + result.stderr]
    assert not crashed, f"{crashed} in {told}"
    return result


def run_alone(model, inputs, folder, train=False):
    """Runs the pruned model in a process of its own, see pruned_alone.py."""
    import torch

    given, results = Path(folder) / "inputs.pth", Path(folder) / "results.pth"
    torch.save(inputs, given)
    command = [sys.executable, HERE / "pruned_alone.py", model, given, results] + (["--train"] if train else [])
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return torch.load(results)

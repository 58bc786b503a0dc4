# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Runs the examples on copies, in the environment of a user."""

import os
import shutil
import sys
from pathlib import Path

import program
import readme

EXAMPLES = program.HERE.parent.parent / "examples"
made_by_running = shutil.ignore_patterns("build", "results", "*.pruned.*", "__pycache__")


def environment(scratch):
    """The program and the package are found, and PRUNEC_PYTHON is the one that has torch."""
    variables = {**os.environ, "PATH": f"{Path(program.find()).parent}:{Path(sys.executable).parent}:{os.environ['PATH']}", "PRUNEC_PYTHON": sys.executable,
                 "PYTHONPATH": str(EXAMPLES / "python"), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", "OMP_WAIT_POLICY": "passive"}
    if shutil.which("ccache"):  # what C++ includes of LibTorch takes long to compile
        variables |= {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_NOHASHDIR": "1", "CCACHE_BASEDIR": str(scratch)}
    return variables


def copy(name, folder):
    """A copy of the example's folder, with the quickstart and the project's CMake files where it expects them."""
    for beside in ("examples/quickstart", "cmake"):
        shutil.copytree(EXAMPLES.parent / beside, folder / beside, ignore=made_by_running)
    return shutil.copytree(EXAMPLES / name, folder / "examples" / name, ignore=made_by_running)


def python(script, *arguments, folder, variables):
    return readme.run(" ".join([sys.executable, "-B", script, *arguments]), folder, variables)

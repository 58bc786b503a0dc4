# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Progress on a real terminal, and none anywhere else."""

import os
import pty
import re
import subprocess
import tempfile

import pytest

import program

ARGUMENTS = ("--rules", "resnet18", "--strategy", "bn1", "--ratio", "0.4", "--dry-run")
SLOW = "16x3x384x384"  # a pass of this takes seconds


def on_a_terminal(model, *arguments):
    """(stdout, what a terminal got on stderr)."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "OMP_WAIT_POLICY": "passive"}
    out = tempfile.TemporaryFile()  # a pipe would fill up while the terminal is read
    running = subprocess.Popen([program.find(), "apply", str(model), *ARGUMENTS, *arguments], env=environment, stdin=subprocess.DEVNULL,
                               stdout=out, stderr=theirs)
    os.close(theirs)
    drawn = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the last of them has closed the terminal
            break
        if not piece:
            break
        drawn += piece
    os.close(ours)
    assert running.wait(timeout=300) == 0, drawn
    out.seek(0)
    return out.read().decode(), drawn.decode()


def screen(drawn):
    """What is left to be read on the line: what comes after the last return that clears it."""
    return drawn.split("\r\x1b[K")[-1]


@pytest.fixture
def model(model_file):
    return model_file("torchvision", "resnet18", "scripted")


def test_a_long_step_shows_and_leaves_nothing_behind(model):
    stdout, drawn = on_a_terminal(model, "--input", SLOW)
    told = re.findall(r"prunec is ([a-z ]+), (\d+) s", drawn)
    assert any(step == "running the masked model" for step, _ in told), drawn
    assert all(int(seconds) >= 1 for _, seconds in told)
    assert screen(drawn) == "" and "prunec is" not in stdout


def test_a_pipe_gets_none(model):
    result = program.succeeds(program.prunec("apply", model, *ARGUMENTS, "--input", SLOW))
    assert result.stderr == ""

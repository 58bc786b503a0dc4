# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Holds the commands that a README shows, and what it shows of their output, against the real ones."""

import re
import shlex
import subprocess

# What may differ from run to run (a file holds paths of this machine), and what floating-point arithmetic may give another processor.
VARIABLE = [(r"file bytes .*", "file bytes #"), (r"took [\d.]+ s", "took # s"), (r"max difference [\d.e+-]+, relative [\d.e+-]+ ", "max difference #, relative # "),
            (r"largest difference [\d.e+-]+", "largest difference #"), (r"threshold [\d.e+-]+", "threshold #")]


def sessions(path):
    """(command, lines of output) for each command of the file's console blocks."""
    found = []
    for block in re.findall(r"^```\n(\$ .*?)^```$", path.read_text(), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def normal(line):
    for pattern, replacement in VARIABLE:
        line = re.sub(pattern, replacement, line)
    return line.rstrip()


def check_output(shown, real, command=""):
    """The real lines are those shown; a shown line of `...` stands for any number of lines."""
    pattern = "".join("(?:.*\n)*?" if line.strip() == "..." else re.escape(normal(line)) + "\n" for line in shown if line.strip())
    text = "".join(normal(line) + "\n" for line in real.splitlines() if line.strip())
    assert re.fullmatch(pattern, text), f"$ {command}\nis shown as\n" + "\n".join(shown) + "\n\nand gives\n" + text


def run(command, folder, environment):
    done = subprocess.run(shlex.split(command), cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=600)
    return done.stdout

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The quickstart example, run as a user runs it, on a copy."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

import checks
import program
import readme

EXAMPLE = program.HERE.parent.parent / "examples" / "quickstart"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    made_by_running = shutil.ignore_patterns("*.plan.toml", "*.pruned.*", "__pycache__")
    return shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("example") / "quickstart", ignore=made_by_running)


def run(folder):
    result = subprocess.run([folder / "run.sh"], env={**os.environ, "PRUNEC_PYTHON": sys.executable}, stdin=subprocess.DEVNULL, capture_output=True,
                            text=True, timeout=300)
    return program.succeeds(result)


def accuracies(result):
    return {name: (float(percent), int(parameters.replace(",", "")))
            for name, percent, parameters in re.findall(r"^(\S+) +([\d.]+)% of \d+ held-out digits, +([\d,]+) parameters$", result.stdout, re.MULTILINE)}


def test_the_model_is_the_one_of_its_manifest():
    manifest = json.loads((EXAMPLE / "model.json").read_text())
    assert manifest["sha256"] == checks.sha256(EXAMPLE / "model.pt")
    assert (EXAMPLE / "model.pt").stat().st_size <= 2_000_000
    assert manifest["held_out_accuracy"] >= 0.97


def test_half_the_channels_go_and_the_accuracy_stays(copy):
    result = run(copy)
    for path in (EXAMPLE / "README.md", program.HERE.parent.parent / "README.md"):
        (shown,) = [lines for command, lines in readme.sessions(path) if command.endswith("run.sh") and not command.startswith("tests/")]
        readme.check_output(shown, result.stdout, path)
    found = accuracies(result)
    (before, parameters_before), (after, parameters_after) = found["model.pt"], found["model.pruned.pt"]
    assert before >= 97
    assert after >= before - 1
    assert parameters_after < 0.6 * parameters_before
    report = json.loads((copy / "model.pruned.json").read_text())
    checks.check_schema(report)
    assert report["totals"]["parameters"] == {"before": parameters_before, "after": parameters_after}


def test_it_can_be_run_again(copy):
    first = checks.sha256(copy / "model.pruned.pt")
    run(copy)
    assert checks.sha256(copy / "model.pruned.pt") == first


def test_every_strategy_of_its_rules_prunes_the_model(copy):
    for strategy in ("inner", "all"):
        program.succeeds(program.prunec("apply", "model.pt", "--rules", "digits_resnet.prune", "--strategy", strategy, "--ratio", 0.4,
                                        "-o", f"{strategy}.pt", "--report", f"{strategy}.json", cwd=copy))

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
"""The budget solver against the best choice of widths that there is, by HiGHS."""

import json
import os
import subprocess

import pytest

from exact_budget import WidthProgram

PROBLEMS = [
    "chain:6:48 macs half-normal 1 1",
    "chain:8:64 macs uniform 2 1",
    "chain:10:80 params sparse 3 2",
    "chain:10:80 channels half-normal 4 1",
    "resnet18 macs half-normal 5 32",
    "resnet18 params half-normal 6 64",
    "resnet18 macs sparse 7 32",
    "vgg16 macs half-normal 8 64",
    "vgg16 macs uniform 9 64",
    "mobilenet_v2 macs sparse 10 64",
]


def problem(words):
    return json.loads(subprocess.check_output([os.environ["PRUNEC_BUDGET_PROBLEM"], *words.split()]))


def losses(words):
    """For each budget: which share of the best value the solver's answer misses."""
    given = problem(words)
    program = WidthProgram(given)
    for answer in given["answers"]:
        best, bound = program.solve(answer["budget"])
        assert best == pytest.approx(bound, rel=1e-5), "HiGHS was not done in time"
        assert answer["value"] <= best * (1 + 1e-6)
        assert answer["bound"] >= best * (1 - 1e-6)
        yield 1 - answer["value"] / best


@pytest.mark.parametrize("words", PROBLEMS)
def test_is_within_one_percent_of_the_best(words):
    assert max(losses(words)) <= 0.01


def test_half_a_solution_would_be_noticed():
    """The same check on answers that keep the least: it must fail."""
    given = problem("chain:6:48 macs half-normal 1 1")
    best, _ = WidthProgram(given).solve(given["answers"][0]["budget"])
    assert 1 - sum(s["values"][0] for s in given["sets"]) / best > 0.01

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The example that trains, in its short form: that the steps run and do what they say, not how well the network learns."""

import csv
import re
import xml.etree.ElementTree

import pytest

import examples
from examples import python


METHODS = ("prunec, budget", "prunec, budget, bounded", "prunec, ratio", "Torch-Pruning")


@pytest.fixture(scope="module")
def variables(tmp_path_factory):
    return examples.environment(tmp_path_factory.getbasetemp())


@pytest.fixture
def copy(tmp_path):
    return lambda name: examples.copy(name, tmp_path)


def test_train_prune_finetune(copy, variables):
    folder = copy("train_prune_finetune")
    output = python("run.py", "--short", folder=folder, variables=variables)
    rows = list(csv.DictReader(open(folder / "results" / "results.csv", newline="")))
    assert [float(row["macs_left"]) <= share for row, share in zip(rows, (0.5, 0.3), strict=True)] == [True, True], output
    assert all(float(row["macs_left"]) > share - 0.1 for row, share in zip(rows, (0.5, 0.3))), output
    xml.etree.ElementTree.parse(folder / "results" / "results.svg")


def test_gradual_pruning(copy, variables):
    output = python("gradual.py", "--short", "--share", "0.3", folder=copy("train_prune_finetune"), variables=variables)
    steps = [tuple(int(number.replace(",", "")) for number in pair) for pair in re.findall(r"^round \d: +([\d,]+) -> +([\d,]+) MACs", output, re.MULTILINE)]
    assert len(steps) == 2 and steps[0][1] == steps[1][0] and steps[1][1] <= 0.31 * steps[0][0], output


def test_distillation(copy, variables):
    output = python("distill.py", "--short", "--share", "0.3", folder=copy("train_prune_finetune"), variables=variables)
    assert re.search(r"fine-tuned by labels alone: [\d.]+%\n.* fine-tuned by distillation: [\d.]+%$", output.strip(), re.MULTILINE), output


def test_the_comparison_with_torch_pruning_runs(tmp_path, variables):
    table = tmp_path / "comparison.md"
    output = python(str(examples.EXAMPLES.parent / "tests" / "bench" / "compare_pruners.py"), "--short", "--output", str(table), folder=tmp_path,
                    variables=variables)
    rows = re.findall(r"^\| (\d+)% \| ([^|]+) \| ([\d.]+) \|", table.read_text(), re.MULTILINE)
    assert [(fewer, name) for fewer, name, _ in rows] == [(fewer, name) for fewer in ("50", "70") for name in METHODS], output
    assert all(85 - int(fewer) < float(left) <= 100 - int(fewer) for fewer, _, left in rows), output

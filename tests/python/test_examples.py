# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The examples, each run as its README says."""

import re

import pytest

import examples
import readme
from examples import EXAMPLES, python


@pytest.fixture(scope="module")
def variables(tmp_path_factory):
    return examples.environment(tmp_path_factory.getbasetemp())


@pytest.fixture
def copy(tmp_path):
    return lambda name: examples.copy(name, tmp_path)


def test_own_architecture(copy, variables):
    folder = copy("own_architecture")
    assert python("network.py", folder=folder, variables=variables) == ""
    shown = readme.sessions(folder / "README.md")
    assert len(shown) == 5
    for command, lines in shown:
        readme.check_output(lines, readme.run(command, folder, variables), command)


def test_what_the_readme_of_own_architecture_shows_of_its_rules_is_in_the_file():
    folder = EXAMPLES / "own_architecture"
    shown = re.search(r"^```\n(site .*?)^```", (folder / "README.md").read_text(), re.MULTILINE | re.DOTALL).group(1)
    assert shown in (folder / "first.prune").read_text()


def test_a_readme_that_shows_something_else_is_noticed():
    readme.check_output(["took 1 s", "...", "b"], "took 2 s\na\n\nb\n")
    with pytest.raises(AssertionError):
        readme.check_output(["a", "b"], "a\nc\n")
    with pytest.raises(AssertionError):
        readme.check_output(["a"], "a\nb\n")


def test_cpp_deploy(copy, variables):
    folder = copy("cpp_deploy")
    output = readme.run("./run.sh", folder, variables)
    readme.check_output(readme.sessions(folder / "README.md")[-1][1], output, "./run.sh")
    labels, read = re.search(r"^labels: (.*)\nread:   (.*)$", output, re.MULTILINE).groups()
    assert labels == read


def test_distributed_finetune(copy, variables):
    folder = copy("distributed_finetune")
    output = readme.run("./run.sh 1", folder, variables)
    assert "2 processes, equal parameters: True" in output, output
    before, after = map(float, re.search(r"model.pruned.pt: ([\d.]+)% of the held-out digits, model.tuned.pt: ([\d.]+)%", output).groups())
    assert after >= before - 1


def test_onnx_export(copy, variables):
    folder = copy("onnx_export")
    output = python("export_onnx.py", folder=folder, variables=variables)
    sizes = [int(size.replace(",", "")) for size in re.findall(r"([\d,]+) bytes, [\d.]+% in onnxruntime, like PyTorch: True", output)]
    assert len(sizes) == 2 and sizes[1] < 0.4 * sizes[0], output

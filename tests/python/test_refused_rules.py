# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The shipped rules are needed as they are: leave out one declaration and prunec refuses, names what the graph couples, and writes nothing."""

import pytest

import program
from refusals import changed_rules, check_refused

CARRYING = "carrying down, stem"
TIE = f"  tie bn2 across stage by quota {CARRYING}\n"
STEM = "where stage = 1"

# changes of the rule file -> what the refusal must name: the diagnostic, and the module paths that it is about
CHANGES = {
    "no tie": ({TIE: ""}, {"P0506"}, ["layer1.0.bn2", "layer1.1.bn2"]),
    "stem not carried": ({CARRYING: "carrying down"}, {"P0506"}, ["layer1.0.bn2", "`bn1`"]),
    "down not carried": ({CARRYING: "carrying stem"}, {"P0506"}, ["layer2.0.bn2", "layer2.0.downsample.1"]),
    "tied across blocks": ({"across stage": "across block", STEM: STEM + ", block = 0"}, {"P0506", "P0507"}, ["layer1.0.bn2", "layer2.0.bn2"]),
}


@pytest.mark.parametrize("form", ["scripted", "traced"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=[name.replace(" ", "-") for name in CHANGES])
def test_refused(change, form, model_file, tmp_path):
    changes, expected_codes, names = change
    rules = changed_rules(tmp_path, "resnet18", changes)
    result = check_refused(model_file("torchvision", "resnet18", form), rules, "all", expected_codes, names, tmp_path)
    if "P0506" in program.codes(result):
        assert any(word in result.stderr for word in ("sum", "addition", "aten::add")), f"the addition is not named:\n{result.stderr}"


@pytest.mark.parametrize("change", CHANGES.values(), ids=[name.replace(" ", "-") for name in CHANGES])
def test_check_with_the_model_says_the_same(change, model_file, tmp_path):
    changes, expected_codes, _ = change
    rules = changed_rules(tmp_path, "resnet18", changes)
    model = model_file("torchvision", "resnet18", "scripted")
    result = program.prunec("check", rules, "--model", model)
    assert result.returncode == 1, result.stdout + result.stderr
    assert set(program.codes(result)) <= expected_codes and program.codes(result), result.stderr


def test_the_rules_as_shipped_are_accepted(model_file):
    program.succeeds(program.prunec("check", program.RULES / "resnet18.prune", "--model", model_file("torchvision", "resnet18", "scripted")))


def test_tied_across_blocks_the_stem_has_no_place(tmp_path):
    """Without a model: the stem belongs to a stage, not to a block."""
    rules = changed_rules(tmp_path, "resnet18", {"across stage": "across block"})
    assert "stem" in program.fails(program.prunec("check", rules), 1, "P0205").stderr

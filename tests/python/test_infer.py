# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Rule files drafted by `prunec infer`: they check, they prune, verified, and they couple what the hand-written ones couple."""

import json

import pytest

from program import RULES, apply, prunec, succeeds

SCRIPTED = [
    ("torchvision", "resnet18"), ("torchvision", "resnet50"), ("preact_resnet", "preact_resnet18"), ("torchvision", "mobilenet_v2"),
    ("torchvision", "densenet121"), ("torchvision", "resnext50_32x4d"), ("torchvision", "shufflenet_v2_x1_0"), ("torchvision", "googlenet"),
    ("torchvision", "regnet_y_400mf"), ("torchvision", "efficientnet_b0"), ("torchvision", "mnasnet0_5"),
    ("torchvision", "alexnet"), ("torchvision", "squeezenet1_1"), ("torchvision", "convnext_tiny"),  # without a norm to be scored by
]


def infer(model, folder, *arguments):
    rules = folder / "inferred.prune"
    succeeds(prunec("infer", model, "--input", "1x3x64x64", "-o", rules, *arguments))
    return rules


@pytest.mark.parametrize("source,architecture", SCRIPTED, ids=[a for _, a in SCRIPTED])
def test_drafted_rules_check_and_prune(source, architecture, model_file, tmp_path):
    model = model_file(source, architecture, "scripted")
    rules = infer(model, tmp_path)
    facts = tmp_path / "facts.json"
    succeeds(prunec("inspect", model, "--input", "1x3x64x64", "--facts", facts, "--quiet"))
    succeeds(prunec("fmt", "--check", rules))
    succeeds(prunec("check", rules, "--facts", facts))
    assert prunec("infer", "--facts", facts).stdout == rules.read_text(), "facts and model give the same rules"
    succeeds(apply(model, "--rules", rules, "--strategy", "all", "--ratio", "0.4", "-o", tmp_path / "pruned.pt"))
    report = json.loads((tmp_path / "pruned.json").read_text())
    assert report["verification"]["passed"] and report["reached"]["channels_removed"] > 0


def test_a_trace_gives_the_rules_of_the_script(model_file, tmp_path):
    texts = set()
    for form in ("scripted", "traced"):
        rules = infer(model_file("torchvision", "resnet18", form), tmp_path, "--architecture", "net", "--force")
        texts.add("".join(line for line in rules.read_text().splitlines(True) if not line.startswith("#")))
    assert len(texts) == 1, texts


def coupled(model, rules, folder):
    """The sets of norms that keep the same channels, by a whole run."""
    output = folder / f"{rules.stem}.pt"
    succeeds(apply(model, "--rules", rules, "--strategy", "all", "--ratio", "0.3", "-o", output))
    sets = {}
    for entry in json.loads(output.with_suffix(".json").read_text())["channels"]:
        sets.setdefault(entry["set"], set()).add(entry["path"])
    return {frozenset(paths) for paths in sets.values() if len(paths) > 1}


@pytest.mark.parametrize("architecture", ["resnet18", "resnet50", "mobilenet_v2"])
def test_drafted_rules_couple_what_the_shipped_ones_couple(architecture, model_file, tmp_path):
    model = model_file("torchvision", architecture, "scripted")
    drafted = coupled(model, infer(model, tmp_path), tmp_path)
    assert drafted == coupled(model, RULES / f"{architecture}.prune", tmp_path)
    assert drafted


README = (RULES / "README.md").read_text()

# What the README of the rules says of changes to the draft for a ResNet-18, and the change.
MISTAKES = {"tie": ("  tie bn2 across stage by quota carrying stem, down\n", "", "P0506"),
            "member": (" carrying stem, down", " carrying stem", "P0506"),
            "across": (" across stage by quota", " by quota", "P0507")}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_changed_draft_is_refused_as_the_readme_says(mistake, model_file, tmp_path):
    model = model_file("torchvision", "resnet18", "scripted")
    rules = infer(model, tmp_path)
    before, after, code = MISTAKES[mistake]
    text = rules.read_text()
    assert text.count(before) == 1
    text = text.replace(before, after)
    rules.write_text(text.replace(" where stage = 1", "") if mistake == "across" else text)
    result = prunec("check", rules, "--model", model, "--input", "1x3x64x64")
    assert result.returncode == 1 and f"error[{code}]" in result.stderr, result.stderr
    if mistake != "tie":
        told = README[README.index(f"error[{code}]"):].split("```")[0].splitlines()
        assert len(told) == 2 and all(line in result.stderr for line in told), result.stderr


def test_the_readme_shows_the_drafted_strategy(model_file, tmp_path):
    strategy = infer(model_file("torchvision", "resnet18", "scripted"), tmp_path).read_text()
    assert strategy[strategy.index("strategy all"):] in README

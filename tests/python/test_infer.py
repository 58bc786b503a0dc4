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


def test_a_tie_taken_out_of_the_draft_is_refused(model_file, tmp_path):
    model = model_file("torchvision", "resnet18", "scripted")
    rules = infer(model, tmp_path)
    rules.write_text("".join(line for line in rules.read_text().splitlines(True) if not line.strip().startswith("tie ")))
    result = prunec("check", rules, "--model", model, "--input", "1x3x64x64")
    assert result.returncode == 1 and "error[P0506]" in result.stderr, result.stderr

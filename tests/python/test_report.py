# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The ways to ask for a prune and what comes of them, on one network."""

import copy
import json
import shutil

import pytest
import torch

import checks
import models
import practice
import program
import resnet_edits


@pytest.fixture
def work(model_file, tmp_path):
    """A folder that holds nothing but a model."""
    shutil.copy(model_file("torchvision", "resnet18", "scripted"), tmp_path / "model.pt")
    yield tmp_path
    shutil.rmtree(tmp_path)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def load_report(path):
    return json.loads(path.read_text())


def kept_of(report):
    return {site["path"]: site["kept"] for site in report["channels"]}


def ratio_all(model, *arguments, **options):
    return program.apply(model, "--rules", "resnet18", "--strategy", "all", "--ratio", 0.4, *arguments, **options)


def test_outputs_lie_beside_the_model_and_repeat_to_the_byte(work):
    program.succeeds(ratio_all("model.pt", cwd=work))
    assert names(work) == ["model.pruned.json", "model.pruned.pt", "model.pt"]
    first = {name: (work / name).read_bytes() for name in names(work)}
    checks.check_schema(json.loads(first["model.pruned.json"]))
    program.succeeds(ratio_all("model.pt", "--force", cwd=work))
    second = {name: (work / name).read_bytes() for name in names(work)}
    assert [name for name in first if first[name] != second[name]] == [], "the same inputs gave other bytes"


def test_a_plan_file_does_what_its_rules_do(work):
    program.succeeds(program.prunec("compile", program.RULES / "resnet18.prune", "--strategy", "all", "-o", "some.plan.toml", cwd=work))
    program.succeeds(program.apply("model.pt", "--plan", "some.plan.toml", "--ratio", 0.4, "-o", "by_plan.pt", "--report", "by_plan.json", cwd=work))
    program.succeeds(ratio_all("model.pt", "-o", "by_rules.pt", "--report", "by_rules.json", cwd=work))
    by_plan, by_rules = load_report(work / "by_plan.json"), load_report(work / "by_rules.json")
    assert by_plan["plan"] == by_rules["plan"]
    assert kept_of(by_plan) == kept_of(by_rules) and by_plan["edits"] == by_rules["edits"]


def test_the_settings_file_gives_the_defaults(work):
    (work / "prunec.toml").write_text('[compile]\nrules = "resnet18"\nstrategy = "all"\n\n[apply]\nratio = 0.4\ninput = "1x3x64x64"\n')
    program.succeeds(program.prunec("compile", cwd=work))
    plan = next(name for name in names(work) if name.endswith(".plan.toml"))
    program.succeeds(program.prunec("apply", "model.pt", cwd=work))
    assert names(work) == sorted(["model.pruned.json", "model.pruned.pt", "model.pt", "prunec.toml", plan])
    _, kept = practice.kept_channels("resnet18", "all", models.scales(models.build("torchvision", "resnet18")), 0.4)
    assert kept.items() <= kept_of(load_report(work / "model.pruned.json")).items()


def test_without_input_224_pixels_are_assumed(work):
    program.succeeds(program.prunec("apply", "model.pt", "--rules", "resnet18", "--strategy", "bn1", "--ratio", 0.4, cwd=work))
    report = load_report(work / "model.pruned.json")
    assert report["verification"]["inputs"].startswith("1x3x224x224")
    inputs = [torch.randn((1, 3, 224, 224), generator=torch.Generator().manual_seed(3))]
    outputs = program.run_alone(work / "model.pruned.pt", inputs, work)["outputs"]
    checks.check_outputs(models.build("torchvision", "resnet18"), report["channels"], inputs, outputs)


def test_a_threshold_is_absolute(work):
    program.succeeds(program.apply("model.pt", "--rules", "resnet18", "--strategy", "bn1", "--threshold", 0.5, cwd=work))
    report = load_report(work / "model.pruned.json")
    assert report["request"] == {"kind": "threshold", "value": 0.5} and report["threshold"] == 0.5
    gammas = models.scales(models.build("torchvision", "resnet18"))
    expected = {path: [channel for channel, scale in enumerate(gammas[path]) if abs(scale) >= 0.5] for path in practice.voter_paths("resnet18", "bn1")}
    assert kept_of(report) == expected


def test_scales_equal_to_the_threshold_stay(tmp_path):
    """A third of all scales have one magnitude, and the threshold falls among them: the comparison is strict, in a quota too."""
    model = copy.deepcopy(models.build("torchvision", "resnet18"))
    layers = models.norms(model).values()
    low, high = torch.cat([layer.weight.detach().abs() for layer in layers]).quantile(torch.tensor([0.3, 0.6]))
    with torch.no_grad():
        for layer in layers:
            middle = (layer.weight.abs() >= low) & (layer.weight.abs() <= high)
            layer.weight[middle] = layer.weight[middle].sign() * low
    models.export(model, "scripted", tmp_path / "model.pt")
    program.succeeds(ratio_all("model.pt", cwd=tmp_path))
    report = load_report(tmp_path / "model.pruned.json")
    threshold, kept = practice.kept_channels("resnet18", "all", models.scales(model), 0.4)
    assert report["threshold"] == threshold == low.item()
    assert kept.items() <= kept_of(report).items()


def test_the_last_channel_of_a_layer_stays(tmp_path):
    model = copy.deepcopy(models.build("torchvision", "resnet18"))
    scales = models.norms(model)["layer2.0.bn1"].weight
    with torch.no_grad():
        scales *= 1e-3
    models.export(model, "scripted", tmp_path / "model.pt")
    result = program.succeeds(program.apply("model.pt", "--rules", "resnet18", "--strategy", "bn1", "--ratio", 0.4, cwd=tmp_path))
    report = load_report(tmp_path / "model.pruned.json")
    assert kept_of(report)["layer2.0.bn1"] == [int(scales.abs().argmax())]
    assert "layer2.0.bn1" in result.stderr, "nobody was told"


def test_a_pruned_model_is_pruned_again(work):
    program.succeeds(ratio_all("model.pt", cwd=work))
    again = program.apply("model.pruned.pt", "--rules", "resnet18", "--strategy", "all", "--ratio", 0.3, "-o", "twice.pt", "--report", "twice.json", cwd=work)
    program.succeeds(again)
    once, twice = (torch.jit.load(work / name).state_dict() for name in ("model.pruned.pt", "twice.pt"))
    gammas = {path: once[f"{path}.weight"].tolist() for path in models.norms(models.build("torchvision", "resnet18"))}
    _, kept = practice.kept_channels("resnet18", "all", gammas, 0.3)
    report = load_report(work / "twice.json")
    assert kept.items() <= kept_of(report).items()
    widths = {path: len(scales) for path, scales in gammas.items()}
    assert {(edit["tensor"], edit["axis"]): edit["kept"] for edit in report["edits"]} == resnet_edits.edits("resnet18", kept, widths)
    checks.check_state(once, twice, report["edits"])


def test_a_dry_run_writes_nothing(work):
    result = program.succeeds(ratio_all("model.pt", "--dry-run", cwd=work))
    assert names(work) == ["model.pt"]
    assert "layer1.0.bn1" in result.stdout, "a dry run lists the edits"


def test_verification_can_be_left_out(work):
    program.succeeds(ratio_all("model.pt", "--no-verify", cwd=work))
    assert load_report(work / "model.pruned.json")["verification"]["performed"] is False


def test_force_replaces_outputs(work):
    for name in ("model.pruned.pt", "model.pruned.json"):
        (work / name).write_text("old")
    program.succeeds(ratio_all("model.pt", "--force", cwd=work))
    assert load_report(work / "model.pruned.json")["output"]["sha256"] == checks.sha256(work / "model.pruned.pt")

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What `inspect` says of real models, held against PyTorch's own numbers; and facts in the model's place."""

import itertools
import json

import pytest
import torch

import models
import program
import refusals

FORMS = ("scripted", "traced")
NETWORKS = ("resnet18", "mobilenet_v2", "densenet121")


def inspected(model, *arguments):
    return json.loads(program.succeeds(program.prunec("inspect", model, "--input", "1x3x64x64", "--format", "json", *arguments)).stdout)


def module_macs(model):
    """path -> multiply-accumulates, counted by hooks on PyTorch's own modules."""
    macs = {}

    def count(path, layer, output):
        positions = output[0, 0].numel() if isinstance(layer, torch.nn.Conv2d) else 1
        macs[path] = positions * layer.weight.numel()

    hooks = [layer.register_forward_hook(lambda layer, _, output, path=path: count(path, layer, output))
             for path, layer in model.named_modules() if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))]
    with torch.no_grad():
        model(torch.zeros(models.SHAPE))
    for hook in hooks:
        hook.remove()
    return macs


@pytest.mark.parametrize("network, form", itertools.product(NETWORKS, FORMS))
def test_layers_are_those_of_the_model(network, form, model_file):
    model = models.build("torchvision", network)
    found = inspected(model_file("torchvision", network, form))
    rows = {row["path"]: row for row in found["layers"]}
    expected = {path: layer for path, layer in model.named_modules() if list(layer.parameters(recurse=False))}
    assert rows.keys() == expected.keys()
    for path, layer in expected.items():
        row = rows[path]
        assert row["parameters"] == sum(p.numel() for p in layer.parameters(recurse=False)), path
        if isinstance(layer, torch.nn.Conv2d):
            assert (row["inputs"], row["outputs"]) == (layer.in_channels, layer.out_channels), path
            assert row["kind"] == ("conv2d" if layer.groups == 1 else "depthwise conv2d"), path
        elif isinstance(layer, torch.nn.Linear):
            assert (row["kind"], row["inputs"], row["outputs"]) == ("linear", layer.in_features, layer.out_features)
        else:
            assert (row["kind"], row["inputs"], row["outputs"]) == ("batch_norm", layer.num_features, layer.num_features)
    assert found["totals"]["parameters"] == sum(p.numel() for p in model.parameters())
    macs = module_macs(model)
    assert {path: row["macs"] for path, row in rows.items() if row["macs"]} == macs
    assert found["totals"]["macs"] == sum(macs.values())


@pytest.mark.parametrize("network", NETWORKS)
def test_quantiles_are_of_the_scales(network, model_file):
    found = inspected(model_file("torchvision", network, "scripted"))
    layers = models.norms(models.build("torchvision", network))
    assert {norm["path"] for norm in found["norms"]} == set(layers)
    for norm in found["norms"]:
        scales = sorted(layers[norm["path"]].weight.detach().abs().double().tolist())
        assert norm["quantiles"] == [scales[(len(scales) - 1) * part // 4] for part in range(5)], norm["path"]
        assert norm["width"] == len(scales)


def test_the_sets_of_a_residual_network_say_why(model_file):
    found = inspected(model_file("torchvision", "resnet18", "scripted"))
    sets = {tuple(entry["norms"]): entry for entry in found["sets"]}
    stage = sets[("layer2.0.bn2", "layer2.0.downsample.1", "layer2.1.bn2")]
    assert stage["width"] == 128
    assert stage["makers"] == ["layer2.0.conv2", "layer2.0.downsample.0", "layer2.1.conv2"]
    assert [(reason["text"].split()[0], reason["layer"]) for reason in stage["reasons"]] == [("added", "layer2.0"), ("added", "layer2.1")]
    assert sets[("layer2.0.bn1",)]["reasons"] == []
    assert sum(entry["width"] * len(entry["norms"]) for entry in found["sets"]) == found["prunable"]["of"] == 4800
    assert found["prunable"]["channels"] == sum((entry["width"] - 1) * len(entry["norms"]) for entry in found["sets"])
    assert [(pin["reason"], pin["channels"]) for pin in found["pins"]] == [("reaches the model's output", 1000)]


def test_the_sets_of_the_others_say_why(model_file):
    mobile = inspected(model_file("torchvision", "mobilenet_v2", "traced"))
    inner = next(entry for entry in mobile["sets"] if "features.3.conv.1.1" in entry["norms"])
    assert inner["norms"] == ["features.3.conv.0.1", "features.3.conv.1.1"]
    assert any("depthwise" in reason["text"] and reason["layer"] == "features.3.conv.1.0" for reason in inner["reasons"])
    dense = inspected(model_file("torchvision", "densenet121", "scripted"))
    late = next(entry for entry in dense["sets"] if entry["makers"] == ["features.denseblock2.denselayer3.conv2"])
    places = [reason["layer"] for reason in late["reasons"] if "concatenated" in reason["text"]]
    assert places[0] == "features.denseblock2.denselayer4.norm1" and places[-1] == "features.transition2.norm", places


def test_a_terminal_gets_it_as_text(model_file):
    result = program.succeeds(program.prunec("inspect", model_file("torchvision", "resnet18", "scripted"), "--input", "1x3x64x64"))
    for part in ("11,689,512 parameters", "added by `aten::add_` at layer2.0", "reaches the model's output", "norm channels could go"):
        assert part in result.stdout, result.stdout
    assert result.stderr == ""


class Plain(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(4, 2)

    def forward(self, x):
        return torch.sort(self.linear(x))[0]


def test_a_model_with_nothing_to_prune_is_shown_too(tmp_path):
    models.export(Plain().eval(), "scripted", tmp_path / "plain.pt")
    result = program.succeeds(program.prunec("inspect", "plain.pt", "--input", "1x4", cwd=tmp_path))
    assert "nothing can be pruned" in result.stdout and "aten::sort, executed once, pins 2 channels" in result.stdout
    (tmp_path / "broken.pt").write_bytes((tmp_path / "plain.pt").read_bytes()[:200])
    program.fails(program.prunec("inspect", "broken.pt", cwd=tmp_path), 1, "P0502")
    program.fails(program.prunec("inspect", "absent.pt", cwd=tmp_path), 2, "P0854")
    program.fails(program.prunec("inspect", "plain.pt", "--input", "1x5", cwd=tmp_path), 1, "P0504")


@pytest.fixture(scope="module")
def facts_file(model_file, tmp_path_factory):
    """facts_file(network): what `inspect --facts` saved of it."""
    folder = tmp_path_factory.mktemp("facts")

    def make(network):
        path = folder / f"{network}.json"
        if not path.exists():
            inspected(model_file("torchvision", network, "scripted"), "--facts", path)
        return path

    return make


CHANGES = {
    "resnet18": [{}, {"tie bn2 across stage by quota carrying down, stem": ""}, {"carrying down, stem": "carrying down"},
                 {"layer{stage}.{block}.bn1": "layer{stage}.{block}.bm1"}],
    "mobilenet_v2": [{}],
    "densenet121": [{}],
    "shufflenet_v2": [{}],
}
TORCHVISION = {"shufflenet_v2": "shufflenet_v2_x1_0"}


@pytest.mark.parametrize("rules, change", [(rules, change) for rules, changes in CHANGES.items() for change in changes])
def test_facts_and_model_say_the_same_of_rules(rules, change, model_file, facts_file, tmp_path):
    network = TORCHVISION.get(rules, rules)
    file = refusals.changed_rules(tmp_path, rules, change)
    shape = ("--input", "1x3x64x64")
    by_model = program.prunec("check", file, "--format", "json", "--model", model_file("torchvision", network, "scripted"), *shape)
    by_facts = program.prunec("check", file, "--format", "json", "--facts", facts_file(network))
    assert by_model.returncode == by_facts.returncode == (1 if change else 0), by_model.stderr + by_facts.stderr
    assert by_model.stdout == by_facts.stdout
    assert bool(json.loads(by_facts.stdout)["diagnostics"]) >= bool(change)


@pytest.mark.parametrize("rules", sorted(path.stem for path in program.RULES.glob("*.prune")))
def test_every_shipped_rule_file_is_judged_alike(rules, model_file, facts_file):
    """Against a network that most of them do not fit: errors must agree, too."""
    by_model = program.prunec("check", rules, "--format", "json", "--model", model_file("torchvision", "resnet18", "scripted"), "--input", "1x3x64x64")
    by_facts = program.prunec("check", rules, "--format", "json", "--facts", facts_file("resnet18"))
    assert (by_model.returncode, by_model.stdout) == (by_facts.returncode, by_facts.stdout)


def test_a_plan_is_compiled_against_facts_without_the_runtime(facts_file, tmp_path):
    arguments = ("compile", "resnet18", "-s", "all", "-o", tmp_path / "p.plan.toml", "--facts")
    missing = {"PRUNEC_RUNTIME": str(tmp_path / "absent")}
    program.succeeds(program.prunec(*arguments, facts_file("resnet18"), environment=missing))
    assert (tmp_path / "p.plan.toml").exists()
    (tmp_path / "p.plan.toml").unlink()
    refused = program.prunec(*arguments, facts_file("densenet121"), environment=missing)
    assert refused.returncode == 1 and set(program.codes(refused)) == {"P0505"}, refused.stderr
    assert not (tmp_path / "p.plan.toml").exists()


def test_damaged_facts_are_refused(facts_file, tmp_path):
    good = facts_file("resnet18").read_text()
    for text in (good[: len(good) // 2], "", "[]", good.replace('"channel_count": ', '"channel_count": -1'), good.replace('"ids":[', '"ids":["x",', 1)):
        (tmp_path / "facts.json").write_text(text)
        program.fails(program.prunec("check", "resnet18", "--facts", "facts.json", cwd=tmp_path), 1, "P0551")
    (tmp_path / "facts.json").write_text(good.replace('"facts": 4', '"facts": 7'))
    program.fails(program.prunec("check", "resnet18", "--facts", "facts.json", cwd=tmp_path), 1, "P0552")

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Channels that no norm scales: what lies between the two layers of a squeeze-and-excitation, scored by the filters that make it."""

import copy
import json
import warnings

import pytest
import torch

import bridge
import checks
import models
import program

CASES = [("se_resnet18", "se_resnet", "se_resnet18", "scripted"), ("se_resnet18", "timm", "legacy_seresnet18", "traced"),
         ("se_resnet50", "timm", "seresnet50", "traced")]


@pytest.mark.parametrize("rules, source, network, form", CASES, ids=["-".join(case) for case in CASES])
def test_the_weakest_filters_go(rules, source, network, form, model_file, tmp_path):
    output, file = tmp_path / "pruned.pt", tmp_path / "pruned.json"
    program.succeeds(program.apply(model_file(source, network, form), "--rules", rules, "--strategy", "squeeze", "--ratio", 0.4, "-o", output,
                                   "--report", file))
    report = json.loads(file.read_text())
    original = models.build(source, network)
    layers = dict(original.named_modules())
    norms = {site["path"]: layers[site["path"]].weight.detach().flatten(1).abs().sum(1, dtype=torch.float64) for site in report["channels"]}
    pool = torch.cat(list(norms.values())).sort().values
    threshold = pool[int(len(pool) * 0.4)]
    assert report["threshold"] == pytest.approx(threshold.item())
    masked = copy.deepcopy(original)
    for site in report["channels"]:
        assert site["kind"] == "layer"
        stay = norms[site["path"]] >= threshold
        if not stay.any():
            stay[norms[site["path"]].argmax()] = True
        assert site["kept"] == stay.nonzero().flatten().tolist(), site["path"]
        layer = masked.get_submodule(site["path"])
        with torch.no_grad():
            layer.weight[~stay] = 0
            if layer.bias is not None:
                layer.bias[~stay] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pruned = torch.jit.load(str(output))
    checks.check_state(original.state_dict(), pruned.state_dict(), report["edits"])
    inputs = [torch.randn(2, 3, *size, generator=torch.Generator().manual_seed(3)) for size in ((96, 72), (64, 64))]
    with torch.no_grad():
        outputs = [pruned(given) for given in inputs]
        assert checks.relative_difference(masked(inputs[0]), outputs[0]) <= checks.TOLERANCE
    bridge.check_sliced(copy.deepcopy(original), report, {"state": pruned.state_dict(), "outputs": outputs}, inputs)


def test_a_layer_without_a_scale_needs_another_score(model_file, tmp_path):
    rules = tmp_path / "changed.prune"
    rules.write_text((program.RULES / "se_resnet18.prune").read_text().replace("  score weight l1\n", ""))
    result = program.apply(model_file("se_resnet", "se_resnet18", "scripted"), "--rules", rules, "--strategy", "squeeze", "--ratio", 0.4, "--dry-run")
    assert result.returncode == 1 and set(program.codes(result)) == {"P0510"} and "`score weight l1`" in result.stderr

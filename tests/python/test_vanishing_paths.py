# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Paths of the split form that go as a whole, when the rules say that they may."""

import copy
import json
import sys

import pytest
import torch
import torchvision
from torch import nn

from bridge import prunec as bridge
from models import give_distinct_norms
from program import HERE, RULES, apply, fails, succeeds

sys.path.insert(0, str(HERE.parent / "models"))
from resnext_paths import ResNeXtPaths  # noqa: E402

GONE = ["layer1.0.paths.0", "layer1.0.paths.2", "layer2.0.paths.3", "layer3.0.paths.0", "layer3.0.paths.1", "layer3.0.paths.3"]
STRONGEST_OF_THE_WEAK = "layer3.0.paths.2"  # all of its block are weak, and one stays
HALF_WEAK = "layer4.0.paths.1"  # only its bn1: it keeps a channel
SHAPE = (2, 3, 64, 64)


def network():
    torch.manual_seed(3)
    model = ResNeXtPaths([1, 1, 1, 1], paths=4, classes=10).eval()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            for tensor, low, high in ((module.weight, 0.5, 1.5), (module.bias, -0.5, 0.5), (module.running_mean, -0.3, 0.3), (module.running_var, 0.5, 1.5)):
                nn.init.uniform_(tensor, low, high)
    for path in [*GONE, STRONGEST_OF_THE_WEAK]:
        weaken(model.get_submodule(path).bn1)
        weaken(model.get_submodule(path).bn2)
    with torch.no_grad():
        model.get_submodule(STRONGEST_OF_THE_WEAK).bn1.weight[5] = 0.015
    weaken(model.get_submodule(HALF_WEAK).bn1)
    return model


def weaken(norm):
    nn.init.uniform_(norm.weight, 0.001, 0.01)


def exported(model, form, path):
    program = torch.jit.script(model) if form == "scripted" else torch.jit.trace(model, torch.randn(SHAPE))
    program.save(str(path))
    return path


class Run:
    def __init__(self, form, folder, *arguments, rules="resnext50_paths", strategy="vanishing"):
        self.model = network()
        self.out, self.report_path = folder / "pruned.pt", folder / "report.json"
        self.said = succeeds(apply(exported(self.model, form, folder / "model.pt"), "--rules", rules, "--strategy", strategy,
                                   *(arguments or ("--threshold", "0.02")), "-o", self.out, "--report", self.report_path, "--force"))
        self.report = json.loads(self.report_path.read_text())

    def widths(self):
        return {site["path"]: site["after"] for site in self.report["channels"]}

    def masked(self):
        masked = copy.deepcopy(self.model)
        with torch.no_grad():
            for site in self.report["channels"]:
                norm = masked.get_submodule(site["path"])
                removed = sorted(set(range(site["before"])) - set(site["kept"]))
                norm.weight[removed] = norm.bias[removed] = 0
        return masked


@pytest.fixture(scope="module", params=["scripted", "traced"])
def run(request, tmp_path_factory):
    return Run(request.param, tmp_path_factory.mktemp(request.param))


def test_goes_as_a_whole(run):
    assert run.report["modules"] == GONE
    assert run.report["verification"]["passed"]
    assert all(run.widths()[f"{path}.{norm}"] == 0 for path in GONE for norm in ("bn1", "bn2"))


def test_one_path_stays_of_each_block(run):
    assert [run.widths()[f"{STRONGEST_OF_THE_WEAK}.{norm}"] for norm in ("bn1", "bn2")] == [1, 1]
    kept = next(site["kept"] for site in run.report["channels"] if site["path"] == f"{STRONGEST_OF_THE_WEAK}.bn1")
    assert kept == [5]


def test_a_path_of_which_a_part_stays_keeps_a_channel(run):
    assert [run.widths()[f"{HALF_WEAK}.{norm}"] for norm in ("bn1", "bn2")] == [1, 256]
    assert f"`{HALF_WEAK}.bn1` would have lost all 256 channels" in run.said.stderr


def test_masked_equals_sliced_in_python(run):
    image = torch.randn(SHAPE)
    sliced = torch.jit.load(str(run.out)).eval()
    with torch.no_grad():
        torch.testing.assert_close(sliced(image), run.masked()(image), rtol=1e-4, atol=1e-5)
        assert not torch.allclose(sliced(image), run.model(image), rtol=1e-2)


def test_what_is_left_is_the_original_bit_for_bit(run):
    sliced = torch.jit.load(str(run.out)).state_dict()
    original = run.model.state_dict()
    assert set(sliced) == {key for key in original if not key.startswith(tuple(path + "." for path in GONE))}
    for site in run.report["channels"]:
        for name in ("weight", "bias", "running_mean", "running_var") if site["kept"] else ():
            assert torch.equal(sliced[f"{site['path']}.{name}"], original[f"{site['path']}.{name}"][site["kept"]])
    places = [64 * path + channel for path in range(4) for channel in kept_of(run, f"layer2.0.paths.{path}.bn2")]
    reader = original["layer2.0.conv3.weight"]
    stream = kept_of(run, "layer2.0.bn3")
    assert torch.equal(sliced["layer2.0.conv3.weight"], reader[stream][:, places])


INCEPTION = """prunec 1
architecture net
site norms = **.bn
strategy all {
  prune norms
  tie from graph
  keep at least 0
}
"""


@pytest.mark.parametrize("form", ["scripted", "traced"])
@pytest.mark.parametrize("name, weak, gone", [
    ("googlenet", ["inception3a.branch2.0", "inception3a.branch2.1", "inception4c.branch1", "inception5a.branch3.1"], ["inception3a.branch2", "inception4c.branch1"]),
    # Two convolutions that read a third one, and the second of such a pair alone.
    ("inception_v3", ["Mixed_6a.branch3x3", "Mixed_7b.branch3x3_1", "Mixed_7b.branch3x3_2a", "Mixed_7b.branch3x3_2b", "Mixed_7c.branch3x3_2b"], None),
])
def test_branches_of_inception_blocks(tmp_path, form, name, weak, gone):
    torch.manual_seed(0)
    model = getattr(torchvision.models, name)(weights=None, aux_logits=False, init_weights=False).eval()
    give_distinct_norms(model, seed=1)
    for path in weak:
        model.get_submodule(path).bn.weight.data.mul_(0.001)
    image = torch.randn(1, 3, 128, 128)
    program = torch.jit.script(model) if form == "scripted" else torch.jit.trace(model, image)
    program.save(str(tmp_path / "model.pt"))
    (tmp_path / "net.prune").write_text(INCEPTION)
    succeeds(apply(tmp_path / "model.pt", "--rules", tmp_path / "net.prune", "--threshold", "0.02", "-o", tmp_path / "pruned.pt", "--report",
                   tmp_path / "report.json", input_shape="1x3x128x128"))
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["modules"] == (gone or weak) and report["verification"]["passed"]
    eager = bridge.slice_(model, bridge.Report.read(tmp_path / "report.json"), example=image)
    sliced = torch.jit.load(str(tmp_path / "pruned.pt")).eval()
    assert set(sliced.state_dict()) == set(eager.state_dict())
    with torch.no_grad():
        found = sliced(image)
        torch.testing.assert_close(found[0] if isinstance(found, tuple) else found, eager(image), rtol=1e-4, atol=1e-5)


def kept_of(run, path):
    return next(site["kept"] for site in run.report["channels"] if site["path"] == path)


def test_goes_on_training(run):
    sliced = torch.jit.load(str(run.out)).train()
    sliced(torch.randn(SHAPE)).square().mean().backward()
    assert all(parameter.grad is not None for parameter in sliced.parameters())


def test_can_be_pruned_again_by_the_same_rules(run, tmp_path):
    report = tmp_path / "again.json"
    succeeds(apply(run.out, "--rules", "resnext50_paths", "--strategy", "vanishing", "--ratio", "0.3", "-o", tmp_path / "again.pt", "--report", report))
    assert json.loads(report.read_text())["verification"]["passed"]


def test_the_module_in_memory_follows(run):
    model = network().train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model(torch.randn(SHAPE)).square().mean().backward()
    optimizer.step()
    model.load_state_dict(network().state_dict())
    report = bridge.Report.read(run.report_path)
    bridge.slice_(model, report, example=torch.randn(SHAPE))
    pruned = torch.jit.load(str(run.out)).eval()
    assert set(model.state_dict()) == set(pruned.state_dict())
    image = torch.randn(SHAPE)
    with torch.no_grad():
        torch.testing.assert_close(model.eval()(image), pruned(image), rtol=1e-4, atol=1e-5)
    bridge.slice_optimizer_(optimizer, model, report)
    held = {id(parameter) for parameter in model.parameters()}
    assert {id(parameter) for group in optimizer.param_groups for parameter in group["params"]} == held
    assert {id(parameter) for parameter in optimizer.state} <= held
    model.train()(torch.randn(SHAPE)).square().mean().backward()
    optimizer.step()
    scripted = torch.jit.script(model.eval())
    with torch.no_grad():
        torch.testing.assert_close(scripted(image), model(image))


def test_a_module_in_memory_that_does_not_fit_stays_whole(run):
    model = network()
    with torch.no_grad():
        model.layer1[0].paths[0].bn2.bias.add_(1)
    state = copy.deepcopy(model.state_dict())
    report = bridge.Report.parse(json.dumps({**run.report, "modules": [*GONE, "layer4.0.paths.0"]}))
    with pytest.raises(bridge.SliceError):
        bridge.slice_(model, report, example=torch.randn(SHAPE))
    assert all(torch.equal(tensor, state[key]) for key, tensor in model.state_dict().items()) and set(state) == set(model.state_dict())


def test_nothing_vanishes_unless_the_rules_say_so(tmp_path):
    run = Run("scripted", tmp_path, strategy="paths")
    assert "modules" not in run.report and min(run.widths().values()) == 1
    assert run.report["verification"]["passed"]


def test_a_budget_lets_no_path_vanish(tmp_path):
    run = Run("scripted", tmp_path, "--macs", "20%")
    assert "modules" not in run.report and min(run.widths().values()) == 1
    assert "under a budget no path vanishes" in run.said.stderr


def rules_with(folder, statement):
    text = (RULES / "resnext50_paths.prune").read_text()
    assert "  keep at least 0 of bn1, bn2\n" in text
    (folder / "changed.prune").write_text(text.replace("  keep at least 0 of bn1, bn2\n", statement))
    return folder / "changed.prune"


@pytest.mark.parametrize("statement, told", [
    ("  keep at least 0 of bn1\n", ["`layer1.0.paths.0.bn1` cannot lose all", "`layer1.0.paths.0`: this path goes only whole", "`layer1.0.paths.0.bn2`"]),
    ("  keep at least 0 of bn1, bn2\n  keep at least 2 of bn2\n", ["`layer1.0.paths.0.bn1` cannot lose all", "`layer1.0.paths.0.bn2`"]),
    ("  keep at least 0 of bn3\n", ["`layer1.0.bn3` cannot lose all", "ends in a concatenation"]),
])
def test_a_statement_that_cannot_hold_is_refused(tmp_path, statement, told):
    result = fails(apply(exported(network(), "scripted", tmp_path / "model.pt"), "--rules", rules_with(tmp_path, statement), "--strategy", "vanishing",
                         "--threshold", "0.02", "-o", tmp_path / "x.pt"), 1, "P0513")
    assert all(part in result.stderr for part in told), result.stderr
    assert not (tmp_path / "x.pt").exists()


def test_a_skip_keeps_a_path(tmp_path):
    rules = rules_with(tmp_path, "  keep at least 0 of bn1, bn2\n  skip layer1.0.paths.0\n")
    run = Run("traced", tmp_path, rules=rules)
    assert run.report["modules"] == GONE[1:]

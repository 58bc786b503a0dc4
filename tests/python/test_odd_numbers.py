# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Scales that are all equal, zero, tiny or no numbers, weights of other types and layouts, and devices: each has its result, and a
sentence that names what it is about. Through the program, on the network of the quickstart."""

import json
import re
import warnings

import pytest
import torch

import program
import small_networks

BUDGETS = [["--macs", "50%"], ["--params", "50%"], ["--channels", "50%"]]
EXACT = "exact"  # stands for a rule file that says `ratio 40% exact`


def load():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.jit.load(small_networks.QUICKSTART / "model.pt")


def scales(model):
    """path -> the scales of a norm, to be changed in place."""
    state = model.state_dict()
    return {name.removesuffix(".running_mean"): state[name.removesuffix("running_mean") + "weight"] for name in state if name.endswith("running_mean")}


class Pruned:
    """A dry run."""

    def __init__(self, folder, model, *amount):
        torch.jit.save(model, str(folder / "model.pt"))
        rules = small_networks.RULES
        if amount == (EXACT,):
            rules, amount = folder / "exact.prune", ()
            rules.write_text(small_networks.RULES.read_text() + "\nstrategy exact extends all {\n  ratio 40% exact\n}\n")
        strategy = "all" if amount else "exact"
        self.result = program.prunec("apply", folder / "model.pt", "--rules", rules, "--strategy", strategy, *amount, "--input", "1x1x8x8", "--dry-run",
                                     "--no-verify", "--format", "json")
        self.report = json.loads(self.result.stdout) if self.result.returncode == 0 else None

    def widths(self):
        return {site["path"]: (site["before"], site["after"]) for site in self.report["channels"]}

    def told(self, code):
        """The diagnostics of a code, as their messages."""
        said = json.loads(self.result.stderr) if self.result.stderr.strip() else {"diagnostics": []}
        return [entry["message"] for entry in (said if isinstance(said, list) else said["diagnostics"]) if entry["code"] == code]

    def is_whole(self):
        return all(before == after for before, after in self.widths().values())


def changed(change):
    model = load()
    with torch.no_grad():
        for path, gamma in scales(model).items():
            change(path, gamma)
    return model


def filled(value):
    return changed(lambda path, gamma: gamma.fill_(value))


@pytest.mark.parametrize("value", [1.0, 0.0])
def test_equal_scales_and_a_ratio_remove_nothing_and_say_so(tmp_path, value):
    done = Pruned(tmp_path, filled(value), "--ratio", 0.4)
    assert done.is_whole()
    assert len(done.told("P0602")) == 1 and "0 of" in done.told("P0602")[0]


@pytest.mark.parametrize("value", [1.0, 0.0])
def test_an_exact_ratio_takes_equal_scales_in_order(tmp_path, value):
    done = Pruned(tmp_path, filled(value), EXACT)
    assert not done.is_whole()
    first = next(site for site in done.report["channels"] if site["role"] == "voter")
    gone = sorted(set(range(first["before"])) - set(first["kept"]))
    assert gone == list(range(len(gone))), "the first channels go"


@pytest.mark.parametrize("value", [1.0, 0.0])
def test_a_threshold_above_equal_scales_leaves_the_strongest_of_each_layer(tmp_path, value):
    done = Pruned(tmp_path, filled(value), "--threshold", 2)
    assert all(1 <= after < before for before, after in done.widths().values())
    assert len(done.told("P0604")) == len({site["set"] for site in done.report["channels"]})
    assert Pruned(tmp_path, filled(value), "--threshold", value).is_whole(), "the comparison is strict"


@pytest.mark.parametrize("amount", BUDGETS, ids=lambda amount: amount[0])
@pytest.mark.parametrize("value", [1.0, 0.0])
def test_budgets_are_met_with_equal_scales(tmp_path, value, amount):
    budget = Pruned(tmp_path, filled(value), *amount).report["budget"]
    assert 0.9 * budget["limit"] < budget["used"]["after"] <= budget["limit"]
    assert budget["kept_score"] == 1 if value == 0 else 0 < budget["kept_score"] < 1


@pytest.mark.parametrize("amount", [["--ratio", 0.4], [EXACT], ["--threshold", 0.1], *BUDGETS], ids=lambda amount: amount[0])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_scales_that_are_no_numbers_are_refused_by_name(tmp_path, value, amount):
    path = list(scales(load()))[1]
    done = Pruned(tmp_path, changed(lambda name, gamma: gamma[0].fill_(value) if name == path else None), *amount)
    assert done.result.returncode == 1
    assert done.told("P0601") == [f"1 of {len(scales(load())[path])} scales of `{path}` are NaN or infinite"]


@pytest.mark.parametrize("amount", [["--ratio", 0.5], [EXACT], ["--threshold", 1e-6], *BUDGETS], ids=lambda amount: amount[0])
def test_a_layer_of_tiny_scales_is_cut_first_and_named(tmp_path, amount):
    path = free_norm()
    draw = torch.Generator().manual_seed(1)

    def change(name, gamma):
        gamma.copy_(torch.rand(gamma.shape, generator=draw) + 0.5)
        if name == path:
            gamma.mul_(1e-30)

    done = Pruned(tmp_path, changed(change), *amount)
    before, after = done.widths()[path]
    # What is left over of a budget is filled by the cheapest step, so channels may come back.
    assert after == 1 or amount in BUDGETS and after < before
    assert after > 1 or any(f"`{path}`" in message for message in done.told("P0604"))


def free_norm():
    """A norm that is tied to no other."""
    done = program.succeeds(program.prunec("apply", small_networks.QUICKSTART / "model.pt", "--rules", small_networks.RULES, "--strategy", "all", "--ratio", 0.3,
                                           "--input", "1x1x8x8", "--dry-run", "--no-verify", "--format", "json"))
    sets = [site["set"] for site in json.loads(done.stdout)["channels"]]
    return next(site["path"] for site in json.loads(done.stdout)["channels"] if sets.count(site["set"]) == 1)


@pytest.mark.parametrize("amount", [["--ratio", 0.99], ["--threshold", 1e30], ["--channels", "1%"]], ids=lambda amount: amount[0])
def test_nearly_everything(tmp_path, amount):
    done = Pruned(tmp_path, load(), *amount)
    if done.report is None:
        assert done.told("P0606") and "the least that the plan allows is" in done.told("P0606")[0]
        return
    assert all(after >= 1 for _, after in done.widths().values())
    assert done.told("P0604"), "layers that are all but gone are named"


class OneChannel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.narrow = torch.nn.Conv2d(1, 1, 3, padding=1)
        self.bn1 = torch.nn.BatchNorm2d(1)
        self.wide = torch.nn.Conv2d(1, 6, 3, padding=1)
        self.bn2 = torch.nn.BatchNorm2d(6)
        self.last = torch.nn.Conv2d(6, 2, 1)

    def forward(self, x):
        return self.last(torch.relu(self.bn2(self.wide(torch.relu(self.bn1(self.narrow(x)))))))


@pytest.mark.parametrize("amount", [["--ratio", 0.5], ["--threshold", 10], *BUDGETS], ids=lambda amount: amount[0])
def test_a_layer_of_one_channel_keeps_it(tmp_path, amount):
    torch.manual_seed(0)
    model = OneChannel().eval()
    with torch.no_grad():
        model.bn1.weight.fill_(0.001)
        model.bn2.weight.copy_(torch.arange(6) / 6 + 0.1)
    torch.jit.script(model).save(str(tmp_path / "model.pt"))
    (tmp_path / "one.prune").write_text("prunec 1\narchitecture one\nsite norms = bn{n}\nstrategy all {\n  prune norms\n}\n")
    done = program.succeeds(program.prunec("apply", tmp_path / "model.pt", "--rules", tmp_path / "one.prune", "--strategy", "all", *amount, "--input", "1x1x8x8",
                                           "-o", tmp_path / "out.pt", "--report", tmp_path / "out.json"))
    widths = {site["path"]: site["after"] for site in json.loads((tmp_path / "out.json").read_text())["channels"]}
    assert widths["bn1"] == 1 and 1 <= widths["bn2"] < 6
    if amount[0] in ("--ratio", "--threshold"):
        assert "`bn1` would have lost all 1 channels and keeps the strongest" in done.stderr


LAYOUTS = {
    "double": lambda model: model.double(),
    "half": lambda model: model.half(),
    "bfloat16": lambda model: model.to(torch.bfloat16),
    "channels last": lambda model: model.to(memory_format=torch.channels_last),
    "not contiguous": lambda model: spread_out(model),
}


def spread_out(model):
    """Every scale is every other element of a longer row, every weight is transposed in memory."""
    for layer in model.modules():
        for name, tensor in list(layer.named_parameters(recurse=False)):
            loose = torch.stack([tensor.detach(), torch.zeros_like(tensor)], -1)[..., 0] if tensor.dim() == 1 else tensor.detach().mT.contiguous().mT
            assert tensor.numel() == 1 or loose.shape == tensor.shape
            tensor.data = loose
    return model


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("amount", [["--ratio", 0.5], ["--threshold", 0.3], ["--macs", "50%"]], ids=lambda amount: amount[0])
def test_other_types_and_layouts_keep_the_same_channels(tmp_path, layout, amount):
    model = load()
    random = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for gamma in scales(model).values():
            # Whole numbers over 256: even bfloat16 holds them to the digit.
            gamma.copy_(torch.randint(1, 256, gamma.shape, generator=random) / 256)
    plain = Pruned(tmp_path, model, *amount).report["channels"]
    assert any(site["after"] < site["before"] for site in plain)
    assert Pruned(tmp_path, LAYOUTS[layout](model), *amount).report["channels"] == plain


def has_gpu():
    return torch.cuda.is_available()


@pytest.mark.skipif(has_gpu(), reason="there is a GPU")
def test_cuda_without_a_gpu_is_a_clear_error(tmp_path):
    done = Pruned(tmp_path, load(), "--ratio", 0.5, "--device", "cuda")
    assert done.result.returncode == 2
    assert done.told("P0853") == ["the device `cuda` is not available"]


@pytest.mark.skipif(has_gpu(), reason="there is a GPU")
def test_auto_falls_back_and_says_so():
    done = program.succeeds(program.prunec("apply", small_networks.QUICKSTART / "model.pt", "--rules", small_networks.RULES, "--strategy", "all", "--ratio", 0.3,
                                           "--input", "1x1x8x8", "--dry-run", "--device", "auto"))
    assert re.search(r"^scores computed on cpu, since there is no usable GPU$", done.stdout, re.M)

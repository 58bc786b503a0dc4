# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What every pruned network must fulfil. A test file imports these tests and says which cases there are."""

import copy
import dataclasses
import json
import shutil

import pytest
import torch
from torch import nn

import bridge
import checks
import models
import practice
import program

# The second one times the size of a pool is no whole number, which tells floor from rounding.
RATIO = {"scripted": 0.4, "traced": 0.37}


@dataclasses.dataclass
class Expected:
    """What the practice says of one strategy on one network, written down by hand."""
    voters: list  # paths of norms in execution order, without those that are skipped
    makers: dict  # path of a norm -> the tensors whose axis 0 holds its channels, beside its own; a weight brings its layer
    readers: dict  # path of a norm -> weights that read its channels on axis 1
    quotas: list = dataclasses.field(default_factory=list)  # ties, as (voters, carried)
    means: list = dataclasses.field(default_factory=list)
    depthwise: dict = dataclasses.field(default_factory=dict)  # path of a depthwise convolution -> the norm whose channels it keeps
    ratio: dict = dataclasses.field(default_factory=lambda: RATIO)
    in_several_sets: set = dataclasses.field(default_factory=set)  # norms that read a concatenation

    def kept(self, gammas, ratio):
        """(threshold, path of a norm -> channels that stay)"""
        return practice.kept_of(self.voters, gammas, ratio, self.quotas, self.means)

    def under(self, name):
        """The same for another layout; `name` gives its name for a module path or a tensor."""
        def lists(of):
            return {name(path): [name(tensor) for tensor in tensors] for path, tensors in of.items()}

        def ties(of):
            return [([name(path) for path in voters], [name(path) for path in carried]) for voters, carried in of]

        return Expected([name(path) for path in self.voters], lists(self.makers), lists(self.readers), ties(self.quotas), ties(self.means),
                        {name(layer): name(norm) for layer, norm in self.depthwise.items()}, self.ratio)

    def cuts(self, kept, gammas):
        """(tensor, axis) -> kept channels, for every cut that the kept channels call for. A norm that keeps all is left out."""
        result = {}
        for norm, channels in kept.items():
            if len(channels) == len(gammas[norm]):
                continue
            for tensor in [f"{norm}.{name}" for name in ("weight", "bias", "running_mean", "running_var")] + self.makers[norm]:
                result[tensor, 0] = channels
            result.update({(tensor, 1): channels for tensor in self.readers.get(norm, [])})
        result.update({(f"{layer}.weight", 0): kept[norm] for layer, norm in self.lighter(kept, gammas).items()})
        return result

    def groups(self, kept, gammas):
        return {layer: (len(gammas[norm]), len(kept[norm])) for layer, norm in self.lighter(kept, gammas).items()}

    def lighter(self, kept, gammas):
        return {layer: norm for layer, norm in self.depthwise.items() if norm in kept and len(kept[norm]) < len(gammas[norm])}


@dataclasses.dataclass
class Case:
    architecture: str
    form: str
    strategy: str
    ratio: float
    original: nn.Module
    model: str
    output: str
    report: dict
    inputs: list
    input_shape: tuple
    alone: dict  # what the pruned model did in a process of its own
    gammas: dict
    threshold: float
    kept: dict  # by the practice, as all that follows
    voters: list
    ties: list  # of (voters, carried)
    in_several_sets: set
    cuts: dict  # (tensor, axis) -> kept channels
    groups: dict  # path of a depthwise convolution -> groups before and after


def prune(rules, expected_of, source, architecture, form, strategy, model_file, folder):
    """Prunes a network and gathers what the tests look at; `expected_of(source, architecture, strategy)` gives what they expect."""
    model = model_file(source, architecture, form)
    output, report = folder / "pruned.pt", folder / "pruned.json"
    expected = expected_of(source, architecture, strategy)
    ratio = expected.ratio[form]
    program.succeeds(program.apply(model, "--rules", rules, "--strategy", strategy, "--ratio", ratio, "-o", output, "--report", report))
    random = torch.Generator().manual_seed(7)
    inputs = [torch.randn(shape, generator=random) for shape in (models.SHAPE, (2, 3, 96, 72))]
    original = models.build(source, architecture)
    gammas = models.scales(original)
    threshold, kept = expected.kept(gammas, ratio)
    return Case(rules, form, strategy, ratio, original, model, output, json.loads(report.read_text()), inputs, models.SHAPE,
                program.run_alone(output, inputs, folder, train=form == "scripted"), gammas, threshold, kept, expected.voters,
                expected.quotas + expected.means, expected.in_several_sets, expected.cuts(kept, gammas), expected.groups(kept, gammas))


def case_fixture(rules, expected_of, cases):
    """cases: lists of (source, architecture, form, strategy)."""
    @pytest.fixture(scope="module", params=cases, ids="-".join)
    def case(request, model_file, tmp_path_factory):
        folder = tmp_path_factory.mktemp("case")
        yield prune(rules, expected_of, *request.param, model_file, folder)
        shutil.rmtree(folder)  # a hundred megabytes each

    return case


def test_keeps_the_channels_that_the_practice_keeps(case):
    reported = {site["path"]: site for site in case.report["channels"]}
    assert case.report["threshold"] == pytest.approx(case.threshold, rel=1e-6)
    assert set(case.kept) <= set(reported)
    assert {path: len(kept) for path, kept in case.kept.items()} == {path: reported[path]["after"] for path in case.kept}
    assert case.kept == {path: reported[path]["kept"] for path in case.kept}
    others = set(reported) - set(case.kept)
    assert all(reported[path]["after"] == reported[path]["before"] for path in others), "a norm lost channels that the strategy leaves alone"


def test_roles_and_coupled_sets(case):
    reported = {site["path"]: site for site in case.report["channels"]}
    voters = set(case.voters)
    assert {path for path, site in reported.items() if site["role"] == "voter"} == voters
    tied = [voters + carried for voters, carried in case.ties]
    for paths in tied:
        assert len({reported[path]["set"] for path in paths}) == 1, f"{paths} are one coupled set"
    assert all(reported[path]["role"] == "carried" for _, carried in case.ties for path in carried)
    alone = voters - {path for paths in tied for path in paths} - case.in_several_sets
    sets = [reported[path]["set"] for path in alone] + [reported[paths[0]]["set"] for paths in tied]
    assert len(set(sets)) == len(sets), "sets that share no channel have the same number"


def test_cuts_what_one_would_cut_by_hand(case):
    assert {(edit["tensor"], edit["axis"]): edit["kept"] for edit in case.report["edits"]} == case.cuts
    reported = {(attribute["path"], attribute["name"]): (attribute["before"], attribute["after"]) for attribute in case.report["attributes"]}
    assert reported == {(path, "groups"): widths for path, widths in case.groups.items()}


def test_state_is_the_originals_at_the_kept_positions(case):
    checks.check_state(case.original.state_dict(), case.alone["state"], case.report["edits"])


def test_outputs_are_those_of_the_masked_model(case):
    checks.check_outputs(case.original, case.report["channels"], case.inputs, case.alone["outputs"])


def test_trains(case):
    assert case.alone["trainable"] == [name for name, _ in case.original.named_parameters()]
    if case.form == "traced":
        return  # a trace of the eval mode has no train mode
    losses = case.alone["losses"]
    assert all(case.alone["gradients"].values()), [name for name, reached in case.alone["gradients"].items() if not reached]
    assert losses[-1] < losses[0], f"the loss does not fall: {losses}"


def test_the_module_in_memory_is_cut_alike(case):
    bridge.check_sliced(copy.deepcopy(case.original), case.report, case.alone, case.inputs)


def test_report(case):
    report = case.report
    checks.check_schema(report)
    assert report["model"]["sha256"] == checks.sha256(case.model)
    assert report["model"]["format"] == "torchscript"
    assert report["output"]["sha256"] == checks.sha256(case.output)
    assert report["plan"]["architecture"] == case.architecture and report["plan"]["strategy"] == case.strategy
    assert report["plan"]["rules_sha256"] == checks.sha256(program.RULES / f"{case.architecture}.prune")
    assert report["request"] == {"kind": "ratio", "value": case.ratio}
    verification = report["verification"]
    assert verification["performed"] and verification["passed"] and verification["tolerance"] == 1e-4
    assert 0 <= verification["max_rel_diff"] <= 1e-4 and verification["max_abs_diff"] >= 0


def test_totals(case):
    pool, kept = (sum(len(lists[path]) for path in case.voters) for lists in (case.gammas, case.kept))
    assert case.report["reached"]["channels_removed"] == pytest.approx(1 - kept / pool)
    totals = case.report["totals"]
    parameters = {name for name, _ in case.original.named_parameters()}
    assert totals["parameters"]["before"] == sum(parameter.numel() for parameter in case.original.parameters())
    assert totals["parameters"]["after"] == sum(case.alone["state"][name].numel() for name in parameters)
    before, after = multiply_accumulates(case.original, case.input_shape, case.alone["state"])
    assert totals["macs"] == {"before": before, "after": after}
    assert totals["bytes"]["after"] < totals["bytes"]["before"]


def multiply_accumulates(model, shape, pruned_state):
    """Of the convolutions and linear layers, before and after: pruning leaves every output position where it was."""
    positions = {}
    hooks = [module.register_forward_hook(lambda module, given, output, path=path: positions.update({path: output[0, 0].numel()}))
             for path, module in model.named_modules() if isinstance(module, (nn.Conv2d, nn.Linear))]
    with torch.no_grad():
        model(torch.zeros(shape))
    for hook in hooks:
        hook.remove()
    original_state = model.state_dict()
    return tuple(shape[0] * sum(count * state[f"{path}.weight"].numel() for path, count in positions.items())
                 for state in (original_state, pruned_state))

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import json

import program
from network_checks import *  # noqa: F403  the tests themselves
from network_checks import RATIO, Expected, case_fixture
from refusals import changed_rules, check_refused, refusal_test
from resnet_edits import NORM_STATE

LAYERS = {"densenet121": [6, 12, 24, 16], "densenet169": [6, 12, 32, 32]}


class ExpectedDenseNet(Expected):
    def __init__(self, architecture, strategy):
        super().__init__([], {}, {})
        self.blocks = [[f"features.denseblock{block}.denselayer{layer}." for layer in range(1, layers + 1)]
                       for block, layers in enumerate(LAYERS[architecture], start=1)]
        self.reads_all = strategy == "all"
        self.ratio = {form: ratio / 20 for form, ratio in RATIO.items()} if self.reads_all else RATIO
        for layers in self.blocks:
            for layer in layers:
                self.voters += [layer + "norm1"] * self.reads_all + [layer + "norm2"]
        if self.reads_all:
            self.in_several_sets = {layer + "norm1" for layers in self.blocks for layer in layers}

    def ends(self, block):
        """The norm that reads the whole of a block, and the weight behind it."""
        last = block + 1 == len(self.blocks)
        return ("features.norm5", "classifier.weight") if last else (f"features.transition{block + 1}.norm", f"features.transition{block + 1}.conv.weight")

    def makers_of(self, block, gammas):
        """(the weight that makes a part of the block's concatenation, its width), in the order of the concatenation."""
        entry = "features.conv0.weight" if block == 0 else f"features.transition{block}.conv.weight"
        layers = self.blocks[block]
        growth = (len(gammas[layers[1] + "norm1"]) - len(gammas[layers[0] + "norm1"])) if len(layers) > 1 else 0
        return [(entry, len(gammas[layers[0] + "norm1"]))] + [(layer + "conv2.weight", growth) for layer in layers]

    def kept(self, gammas, ratio):
        threshold, kept = super().kept(gammas, ratio)
        if not self.reads_all:
            return threshold, kept
        self.made = {}  # weight -> kept outputs
        for block, layers in enumerate(self.blocks):
            begin, stream = 0, []
            for part, (weight, width) in enumerate(self.makers_of(block, gammas)):
                readers = [layer + "norm1" for layer in layers[part:]]  # the block's input is read by all, the first layer's output by the others
                everything = range(begin, begin + width)
                stay = [c for c in everything if all(abs(gammas[norm][c]) >= threshold for norm in readers)]
                if readers and not stay:
                    stay = [max(everything, key=lambda c: min(abs(gammas[norm][c]) for norm in readers))]
                self.made[weight] = [c - begin for c in stay]
                stream += stay
                begin += width
            for norm in [layer + "norm1" for layer in layers] + [self.ends(block)[0]]:
                kept[norm] = [c for c in stream if c < len(gammas[norm])]
            if block == 0:
                kept["features.norm0"] = self.made["features.conv0.weight"]
        return threshold, kept

    def cuts(self, kept, gammas):
        cuts = {}
        for norm, channels in kept.items():
            if len(channels) < len(gammas[norm]):
                cuts.update({(f"{norm}.{name}", 0): channels for name in NORM_STATE})
        for block, layers in enumerate(self.blocks):
            makers = dict(self.makers_of(block, gammas)) if self.reads_all else {}
            cuts.update({(weight, 0): self.made[weight] for weight, width in makers.items() if len(self.made[weight]) < width})
            readers = {layer + "norm2": layer + "conv2.weight" for layer in layers}
            readers.update({layer + "norm1": layer + "conv1.weight" for layer in layers if self.reads_all})
            readers.update([self.ends(block)] * self.reads_all)
            for norm, weight in readers.items():
                if len(kept[norm]) < len(gammas[norm]):
                    cuts[weight, 1] = kept[norm]
            for layer in layers:
                if len(kept[layer + "norm2"]) < len(gammas[layer + "norm2"]):
                    cuts[layer + "conv1.weight", 0] = kept[layer + "norm2"]
        return cuts


class ExpectedSelection(ExpectedDenseNet):
    """Every norm for itself; what makes the concatenations stays whole."""

    def __init__(self, architecture):
        super().__init__(architecture, "bn2")
        last = len(self.blocks) - 1
        self.voters = [norm for block, layers in enumerate(self.blocks)
                       for norm in [layer + norm for layer in layers for norm in ("norm1", "norm2")] + [self.ends(block)[0]]]
        self.selecting = {self.ends(block)[0]: self.ends(block)[1] for block in range(last + 1)}
        self.selecting.update({layer + "norm1": layer + "conv1.weight" for layers in self.blocks for layer in layers})

    def cuts(self, kept, gammas):
        cuts = super().cuts(kept, gammas)
        cuts.update({(weight, 1): kept[norm] for norm, weight in self.selecting.items() if len(kept[norm]) < len(gammas[norm])})
        return cuts


def expected(source, network, strategy):
    return ExpectedSelection(network) if strategy == "all-select" else ExpectedDenseNet(network, strategy)


case = case_fixture("densenet121", expected,
                    [("torchvision", "densenet121", "scripted", "bn2"), ("torchvision", "densenet169", "traced", "bn2"),
                     ("torchvision", "densenet121", "scripted", "all"), ("torchvision", "densenet121", "traced", "all"),
                     ("timm", "densenet121", "traced", "all"), ("torchvision", "densenet121", "scripted", "all-select"),
                     ("torchvision", "densenet121", "traced", "all-select"), ("timm", "densenet121", "scripted", "all-select")])


def test_selects_before_the_norms_of_the_concatenations(case):
    selected = {entry["path"]: entry["after"] for entry in case.report.get("code", [])}
    readers = [] if case.strategy != "all-select" else [norm for norm in case.kept if not norm.endswith("norm2")]
    assert selected == {norm: case.kept[norm] for norm in readers if len(case.kept[norm]) < len(case.gammas[norm])}


def test_what_selects_can_be_pruned_again(model_file, tmp_path):
    once, twice = tmp_path / "once.pt", tmp_path / "twice.pt"
    strategy = ["--rules", "densenet121", "--strategy", "all-select", "--ratio", 0.3]
    program.succeeds(program.apply(model_file("torchvision", "densenet121", "scripted"), *strategy, "-o", once))
    program.succeeds(program.apply(once, *strategy, "-o", twice))
    first, second = (json.loads(path.with_suffix(".json").read_text()) for path in (once, twice))
    assert second["totals"]["macs"]["before"] == first["totals"]["macs"]["after"] > second["totals"]["macs"]["after"]
    assert second["verification"]["passed"]


def test_a_norm_that_reads_one_layer_has_nothing_to_select(model_file, tmp_path):
    rules = changed_rules(tmp_path, "densenet121", {"  concat-select norm1, transition, final\n": "  concat-select norm1, norm2, transition, final\n"})
    model = model_file("torchvision", "densenet121", "scripted")
    check_refused(model, rules, "all-select", {"P0511"}, ["features.denseblock1.denselayer1.norm2"], tmp_path)


CONCAT = "  concat-propagate norm1 by any carrying stem, transition, final\n"
FIRST_LAYERS = ["features.denseblock1.denselayer1.norm1", "features.denseblock1.denselayer2.norm1"]
test_refused = refusal_test("densenet121", "all", "torchvision", "densenet121", {
    "not propagated": ({CONCAT: ""}, FIRST_LAYERS),
    "stem not carried": ({"carrying stem, transition": "carrying transition"}, ["features.norm0"]),
    "transitions not carried": ({"carrying stem, transition, final": "carrying stem, final"}, ["features.transition1.norm"]),
})

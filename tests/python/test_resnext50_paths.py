# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import practice
import resnet_edits
from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

PATHS = 32
BLOCKS = [f"layer{stage}.{block}." for stage, blocks in enumerate(practice.BLOCKS["resnet50"], start=1) for block in range(blocks)]


class ExpectedPaths(Expected):
    """As a ResNet-50, whose bn1 and bn2 are cut into small norms, one pair a path."""

    def __init__(self, strategy):
        voters = [f"{block}paths.{path}.{norm}" for block in BLOCKS for path in range(PATHS) for norm in ("bn1", "bn2")]
        streams = strategy == "paths"
        super().__init__(voters + [f"{block}bn3" for block in BLOCKS] * streams, {}, {}, practice.ties("resnet50", "all") * streams)

    def cuts(self, kept, gammas):
        widths = {path: len(scales) for path, scales in gammas.items()}
        streams = {path: channels for path, channels in kept.items() if ".paths." not in path}
        cuts = {}
        for (tensor, axis), channels in resnet_edits.edits("resnet50", streams, widths).items():
            layer = tensor.removesuffix("conv1.weight")
            if layer == tensor or layer == "":
                cuts[tensor, axis] = channels
            else:  # every path reads the stream
                cuts.update({(f"{layer}paths.{path}.conv1.weight", axis): channels for path in range(PATHS)})
        for block in BLOCKS:
            concatenated = []
            for path in range(PATHS):
                here = f"{block}paths.{path}."
                for norm, reader in ((here + "bn1", here + "conv2"), (here + "bn2", None)):
                    if len(kept[norm]) < widths[norm]:
                        cuts.update({(f"{norm}.{name}", 0): kept[norm] for name in resnet_edits.NORM_STATE})
                        cuts[f"{resnet_edits.convolution_of(norm)}.weight", 0] = kept[norm]
                        if reader:
                            cuts[f"{reader}.weight", 1] = kept[norm]
                concatenated += [path * widths[here + "bn2"] + channel for channel in kept[here + "bn2"]]
            if len(concatenated) < PATHS * widths[f"{block}paths.0.bn2"]:
                cuts[f"{block}conv3.weight", 1] = concatenated
        return cuts


NETWORK = ("resnext_paths", "resnext50_paths")
case = case_fixture("resnext50_paths", lambda source, network, strategy: ExpectedPaths(strategy),
                    [(*NETWORK, "scripted", "paths"), (*NETWORK, "traced", "paths"), (*NETWORK, "traced", "inner")])


def test_paths_shrink_differently(case):
    widths = {site["path"]: site["after"] for site in case.report["channels"]}
    assert any(len({widths[f"{block}paths.{path}.bn2"] for path in range(PATHS)}) > 2 for block in BLOCKS)


test_refused = refusal_test("resnext50_paths", "paths", *NETWORK, {
    "no tie": ({"  tie bn3 across stage by quota carrying down\n": ""}, ["layer1.0.bn3", "layer1.1.bn3", "aten::add"]),
    "paths tied": ({"  prune bn1, bn2\n": "  prune bn1, bn2\n  tie bn1 across stage, block\n"}, ["layer1.0.paths.0.bn1", "share no channel"]),
})

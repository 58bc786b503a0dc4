# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import practice
import resnet_edits
from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

GROUPS = 32
BLOCKS = [f"layer{stage}.{block}." for stage, blocks in enumerate(practice.BLOCKS["resnet50"], start=1) for block in range(blocks)]


class ExpectedResNeXt(Expected):
    """As a ResNet-50, with a convolution in groups between bn1 and bn2."""

    def __init__(self, strategy):
        self.drops = strategy.endswith("-drop")
        plain = strategy.removesuffix("-drop")
        super().__init__(practice.voter_paths("resnet50", plain), {}, {}, practice.ties("resnet50", plain))
        if self.drops:
            self.means = [([block + "bn1", block + "bn2"], []) for block in BLOCKS]

    def kept(self, gammas, ratio):
        threshold, kept = practice.kept_of(self.voters, gammas, ratio, self.quotas)
        for block in BLOCKS:
            around = [block + "bn1", block + "bn2"]
            if self.drops:
                both = practice.kept_groups(*(gammas[norm] for norm in around), threshold, GROUPS)
                kept.update(zip(around, both))
            else:
                kept.update({norm: practice.kept_in_groups(gammas[norm], threshold, GROUPS) for norm in around})
        return threshold, kept

    def cuts(self, kept, gammas):
        cuts = resnet_edits.edits("resnet50", kept, {path: len(scales) for path, scales in gammas.items()})
        if self.drops:  # a group that stays keeps all that it reads
            cuts = {(tensor, axis): channels for (tensor, axis), channels in cuts.items() if not (tensor.endswith("conv2.weight") and axis == 1)}
        return cuts

    def groups(self, kept, gammas):
        if not self.drops:
            return {}
        after = {block + "conv2": len(kept[block + "bn1"]) * GROUPS // len(gammas[block + "bn1"]) for block in BLOCKS}
        return {layer: (GROUPS, groups) for layer, groups in after.items() if groups < GROUPS}


NETWORK = "resnext50_32x4d"
case = case_fixture("resnext50", lambda source, network, strategy: ExpectedResNeXt(strategy),
                    [("torchvision", NETWORK, form, strategy) for strategy in ("inner", "all") for form in ("scripted", "traced")]
                    + [("torchvision", NETWORK, "traced", "inner-drop"), ("torchvision", NETWORK, "scripted", "all-drop"),
                     ("timm", NETWORK, "traced", "all"), ("timm", NETWORK, "scripted", "inner-drop")])


def test_widths_around_the_groups(case):
    widths = [site["after"] for site in case.report["channels"] if site["path"].endswith(("bn1", "bn2"))]
    if case.strategy.endswith("-drop"):
        assert any(after < before for before, after in case.groups.values())
    else:
        assert all(width % GROUPS == 0 for width in widths) and len(set(widths)) > 4


test_refused = refusal_test("resnext50", "inner-drop", "torchvision", NETWORK, {
    "groups that go without a tie": ({"  tie bn1, bn2 across stage, block\n": ""}, ["layer1.0.bn1", "layer1.0.bn2", "layer1.0.conv2"]),
    "tied across blocks": ({"across stage, block": "across stage"}, ["layer1.0.bn1", "share no channel"]),
})

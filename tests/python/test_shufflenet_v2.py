# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import io

import bridge
import models
import pytest
from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test
from resnet_edits import NORM_STATE

NETWORK = "shufflenet_v2_x1_0"
STAGES = {2: 4, 3: 8, 4: 4}  # stage -> blocks


def right_branch():
    result = Expected([], {}, {})
    for stage in STAGES:
        branch = f"stage{stage}.0.branch2"
        add_inside(result, branch)
    return result


def add_inside(result, branch):
    first, depthwise = f"{branch}.1", f"{branch}.4"
    result.voters += [first, depthwise]
    result.means.append(([first, depthwise], []))
    result.makers.update({first: [f"{branch}.0.weight"], depthwise: []})
    result.depthwise[f"{branch}.3"] = depthwise
    result.readers[depthwise] = [f"{branch}.5.weight"]


class Streams(Expected):
    """Beyond the practice: what flows through the shuffles, followed by hand. A channel is (the norm that makes it, its position there)."""

    def __init__(self, selected):
        super().__init__([], {}, {})
        self.selected = selected
        self.voters.append("conv1.1")
        for stage, blocks in STAGES.items():
            self.voters.append(f"stage{stage}.0.branch1.3")
            for block in range(blocks):
                add_inside(self, f"stage{stage}.{block}.branch2")
                self.voters.append(f"stage{stage}.{block}.branch2.6")
        self.voters.append("conv5.1")
        self.means.append((["conv1.1"], ["stage2.0.branch1.1"]))
        self.in_several_sets = {voter for voter in self.voters if voter.endswith((".branch1.3", ".branch2.6"))}
        self.streams = {}  # a norm or a weight -> the channels that it scales or reads
        self.leaders = {}
        self.parts = {}  # what a block hands on as it is
        gammas = models.scales(models.build("torchvision", NETWORK))
        for stage in STAGES:
            self.follow(stage, len(gammas[f"stage{stage}.0.branch1.3"]))

    def leader(self, channel):
        while self.leaders.get(channel, channel) != channel:
            channel = self.leaders[channel]
        return channel

    def shuffled(self, left, right):
        """Both halves, interleaved. As long as the shuffle stays, channels at the same place of the halves go together."""
        if not self.selected:
            for one, other in zip(left, right, strict=True):
                self.leaders[self.leader(other)] = self.leader(one)
        return [channel for pair in zip(left, right) for channel in pair]

    def follow(self, stage, half):
        made = [(f"stage{stage}.0.branch1.3", place) for place in range(half)]
        for block in range(STAGES[stage]):
            here = f"stage{stage}.{block}.branch2"
            if block > 0:
                made, self.streams[f"{here}.0.weight"] = stream[:half], stream[half:]
                self.parts[here] = made
            stream = self.shuffled(made, [(f"{here}.6", place) for place in range(half)])
        if stage == 4:
            self.streams["conv5.0.weight"] = stream
        else:
            self.streams.update({f"stage{stage + 1}.0.branch1.1": stream, f"stage{stage + 1}.0.branch2.0.weight": stream})

    def kept(self, gammas, ratio):
        threshold, kept = super().kept(gammas, ratio)
        votes, lies_in = {}, {}
        for norm in self.in_several_sets:
            for place, scale in enumerate(gammas[norm]):
                votes.setdefault(self.leader((norm, place)), []).append(abs(scale))
                lies_in.setdefault(self.leader((norm, place)), []).append(norm)
        for norm, stream in self.streams.items():
            if norm.endswith("branch1.1"):
                for channel in stream:
                    lies_in[self.leader(channel)].append(norm)
        scores = {channel: sum(scales) / len(scales) for channel, scales in votes.items()}
        stays = {channel: score >= threshold for channel, score in scores.items()}
        sets, places = {}, {}
        for name, stream in [*self.streams.items(), *self.parts.items()]:
            for channel in stream:
                places.setdefault(self.leader(channel), set()).add(name)
        for channel, norms in lies_in.items():
            sets.setdefault((tuple(sorted(norms)), tuple(sorted(places[channel]))), []).append(channel)
        for channels in sets.values():  # of channels that lie in the same norms, layers and parts, the strongest stays
            stays[max(channels, key=scores.get)] = True
        self.stays = lambda channel: stays[self.leader(channel)]
        for norm in self.in_several_sets:
            kept[norm] = [place for place in range(len(gammas[norm])) if self.stays((norm, place))]
        for norm, stream in self.streams.items():
            if norm.endswith("branch1.1"):
                kept[norm] = [place for place, channel in enumerate(stream) if self.stays(channel)]
        return threshold, kept

    def cuts(self, kept, gammas):
        for stage in STAGES:
            entry = f"stage{stage}.0.branch1"
            self.makers.update({f"{entry}.1": [], f"{entry}.3": [f"{entry}.2.weight"]})
            self.depthwise[f"{entry}.0"] = f"{entry}.1"
            self.readers[f"{entry}.1"] = [f"{entry}.2.weight"]
        for norm in self.in_several_sets:
            self.makers.setdefault(norm, [norm.removesuffix("6") + "5.weight"])
        self.makers.update({"conv1.1": ["conv1.0.weight"], "conv5.1": ["conv5.0.weight"]})
        self.readers.update({"conv1.1": ["stage2.0.branch2.0.weight"], "conv5.1": ["fc.weight"]})
        cuts = super().cuts(kept, gammas)
        for weight, stream in self.streams.items():
            stay = [place for place, channel in enumerate(stream) if self.stays(channel)]
            if weight.endswith("weight") and len(stay) < len(stream):
                cuts[weight, 1] = stay
        return cuts


def expected(source, architecture, strategy):
    return right_branch() if strategy == "right-branch" else Streams(strategy == "all-select")


case = case_fixture("shufflenet_v2", expected, [("torchvision", NETWORK, form, strategy) for form, strategy in (
    ("scripted", "right-branch"), ("traced", "right-branch"), ("scripted", "all"), ("traced", "all"), ("scripted", "all-select"),
    ("traced", "all-select"))])


def test_the_class_computes_with_the_new_numbers_after_a_copy_too(case):
    """Its class halves and shuffles the channels in its Python code; what leads these calls elsewhere is copied and saved with the module."""
    if case.strategy == "right-branch" or case.form == "traced":
        return
    sliced = bridge.prunec.slice_(copy.deepcopy(case.original), bridge.prunec.Report.parse(json.dumps(case.report)), example=case.inputs[0])  # noqa: F405
    file = io.BytesIO()
    torch.save(sliced, file)  # noqa: F405
    file.seek(0)
    again = torch.load(file, weights_only=False)  # noqa: F405
    for block in (sliced.stage2[1], again.stage2[1]):
        assert block.forward.module is block and type(block).__name__ == "InvertedResidual"
    with torch.no_grad():  # noqa: F405
        assert torch.equal(again(case.inputs[1]), sliced(case.inputs[1]))  # noqa: F405
    with pytest.raises(Exception):
        torch.jit.script(sliced)  # noqa: F405  it would compile the class's own numbers


def test_the_streams_lose_channels(case):
    streams = [site for site in case.report["channels"] if site["path"].endswith((".branch1.3", ".branch2.6"))]
    lost = sum(site["before"] - site["after"] for site in streams)
    assert (lost > 0.1 * sum(site["before"] for site in streams)) == (case.strategy != "right-branch")


test_refused = refusal_test("shufflenet_v2", "right-branch", "torchvision", NETWORK, {
    "no tie": ({"  tie first[block=0], depthwise[block=0] across stage\n": ""}, ["stage2.0.branch2.1", "stage2.0.branch2.4", "depthwise"]),
    "one tie for all stages": ({"depthwise[block=0] across stage": "depthwise[block=0]"}, ["stage2.0.branch2", "stage3.0.branch2", "share no channel"]),
})
test_streams_refused = refusal_test("shufflenet_v2", "all", "torchvision", NETWORK, {
    "streams not tied": ({"  tie right, left across stage carrying entry3, entry4\n": ""}, ["stage2.0.branch1.3", "stage2.0.branch2.6", "shuffle"]),
    "the next stage's entry not carried": ({"across stage carrying entry3, entry4\n": "across stage carrying entry3\n"}, ["stage4.0.branch1.1"]),
    "selected without a word on the concatenations": ({"  tie right, left across stage carrying entry3, entry4\n": "  shuffles select\n"},
                                                      ["stage3.0.branch1.1"]),
})

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

MIDDLE = range(4, 12)
# block -> indices of the norms in its `rep`; the last one is added to what comes past the block
NORMS = {1: [1, 4], 2: [2, 5], 3: [2, 5], **{block: [2, 5, 8] for block in MIDDLE}, 12: [2, 5]}
PROJECTED = [1, 2, 3, 12]


def last_of(block):
    return f"block{block}.rep.{NORMS[block][-1]}"


class Network:
    """Fills an Expected with layers in the order in which they run."""

    def __init__(self):
        self.expected = Expected([], {}, {})

    def add(self, norm, makers, entered, votes=True):
        """entered: the layers that read the norm's channels, as pairs of (path, whether it is separable)."""
        if votes:
            self.expected.voters.append(norm)
        self.expected.makers[norm] = makers
        self.expected.readers[norm] = [f"{layer}.pointwise.weight" if separable else f"{layer}.weight" for layer, separable in entered]
        self.expected.depthwise.update({f"{layer}.conv1": norm for layer, separable in entered if separable})


def entrances(block):
    """What reads the input of a block, or of conv3 behind the last one."""
    if block == 13:
        return [("conv3", True)]
    first = (f"block{block}.rep.{NORMS[block][0] - 1}", True)
    return [first, (f"block{block}.skip", False)] if block in PROJECTED else [first]


def expected(source, architecture, strategy):
    network = Network()
    inside = strategy != "straight"
    network.add("bn1", ["conv1.weight"], [("conv2", False)])
    network.add("bn2", ["conv2.weight"], entrances(1), votes=inside)
    for block, norms in NORMS.items() if inside else ():
        for norm, following in zip(norms, norms[1:]):
            network.add(f"block{block}.rep.{norm}", [f"block{block}.rep.{norm - 1}.pointwise.weight"], [(f"block{block}.rep.{following - 1}", True)])
        add_end(network, block, votes=strategy == "middle" and block in MIDDLE or block in (1, 2, 12))
    if strategy == "middle":
        network.expected.quotas.append(([last_of(block) for block in MIDDLE], [last_of(3), "block3.skipbn"]))
    network.add("bn3", ["conv3.pointwise.weight"], [("conv4", True)])
    network.add("bn4", ["conv4.pointwise.weight"], [("fc", False)])
    return network.expected


def add_end(network, block, votes):
    last = last_of(block)
    network.add(last, [f"{last[:-1]}{int(last[-1]) - 1}.pointwise.weight"], entrances(block + 1), votes)
    if block not in PROJECTED:
        return
    network.add(f"block{block}.skipbn", [f"block{block}.skip.weight"], [], votes)
    if votes:
        network.expected.means.append(([last, f"block{block}.skipbn"], []))


# timm's legacy Xception has the public layout; it stands in for ours once.
case = case_fixture("xception", expected,
                    [("xception", "xception", form, strategy) for form in ("scripted", "traced") for strategy in ("straight", "no-shortcut")]
                    + [("xception", "xception", "scripted", "middle"), ("timm", "legacy_xception", "traced", "middle")])

test_refused = refusal_test("xception", "middle", "xception", "xception", {
    "no middle tie": ({"  tie third by quota carrying opening\n": ""}, ["block4.rep.8", "block5.rep.8", "aten::add"]),
    "opening not carried": ({" carrying opening": ""}, ["block4.rep.8", "block3.rep.5", "block3.skipbn"]),
    "no tie of a block's end": ({"  tie end, skip across block\n": ""}, ["block1.rep.4", "block1.skipbn", "aten::add"]),
})

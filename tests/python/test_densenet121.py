# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

LAYERS = {"densenet121": [6, 12, 24, 16], "densenet169": [6, 12, 32, 32]}


def expected(source, architecture, strategy):
    result = Expected([], {}, {})
    for block, layers in enumerate(LAYERS[architecture], start=1):
        for layer in range(1, layers + 1):
            here = f"features.denseblock{block}.denselayer{layer}"
            result.voters.append(f"{here}.norm2")
            result.makers[f"{here}.norm2"] = [f"{here}.conv1.weight"]
            result.readers[f"{here}.norm2"] = [f"{here}.conv2.weight"]
    return result


case = case_fixture("densenet121", expected, [("torchvision", network, form, "bn2") for network, form in
                                              (("densenet121", "scripted"), ("densenet121", "traced"), ("densenet169", "traced"))])

NORM1 = {"site norm2": "site norm1 = features.denseblock{stage}.denselayer{layer}.norm1\nsite norm2", "prune norm2": "prune norm1, norm2"}
test_refused = refusal_test("densenet121", "bn2", "torchvision", "densenet121", {
    "norms of a concatenation": (NORM1, ["features.denseblock1.denselayer1.norm1", "features.denseblock1.denselayer2.norm1"]),
})

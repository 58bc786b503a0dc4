# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test


def expected(source, architecture, strategy):
    result = Expected([], {}, {})
    for stage in (2, 3, 4):
        branch = f"stage{stage}.0.branch2"
        first, depthwise = f"{branch}.1", f"{branch}.4"
        result.voters += [first, depthwise]
        result.means.append(([first, depthwise], []))
        result.makers.update({first: [f"{branch}.0.weight"], depthwise: []})
        result.depthwise[f"{branch}.3"] = depthwise
        result.readers[depthwise] = [f"{branch}.5.weight"]
    return result


case = case_fixture("shufflenet_v2", expected,
                    list(itertools.product(["torchvision"], ["shufflenet_v2_x1_0"], ["scripted", "traced"], ["right-branch"])))

test_refused = refusal_test("shufflenet_v2", "right-branch", "torchvision", "shufflenet_v2_x1_0", {
    "no tie": ({"  tie first, depthwise across stage\n": ""}, ["stage2.0.branch2.1", "stage2.0.branch2.4", "depthwise"]),
    "one tie for all stages": ({" across stage": ""}, ["stage2.0.branch2", "stage3.0.branch2", "share no channel"]),
})

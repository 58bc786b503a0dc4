# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

STREAMS = [range(2, 4), range(4, 7), range(7, 11), range(11, 14), range(14, 17)]  # the blocks that shortcuts join
BLOCKS = range(1, 18)


def project(block):
    """The norm of the projection; the first block has no expansion before it."""
    return f"features.{block}.conv.2" if block == 1 else f"features.{block}.conv.3"


def projection(block):
    return f"features.{block}.conv.{1 if block == 1 else 2}.weight"


def entrance(block):
    """The weight that reads what comes into a block, or into the last convolution."""
    return "features.18.0.weight" if block == 18 else f"features.{block}.conv.0.0.weight"


def in_torchvision(strategy):
    # Block 2 expands in the third convolution with an activation, and its depthwise norm is tied to that: pruning starts with block 3.
    blocks = BLOCKS[2:]
    result = Expected([], {}, {})
    for block in BLOCKS:
        expand, depthwise = f"features.{block}.conv.0.1", f"features.{block}.conv.1.1"
        if block in blocks:
            result.voters += [expand, depthwise]
            result.quotas.append(([expand, depthwise], []))
            result.makers.update({expand: [f"features.{block}.conv.0.0.weight"], depthwise: []})
            result.depthwise[f"features.{block}.conv.1.0"] = depthwise
            result.readers[depthwise] = [projection(block)]
        if strategy == "all":
            result.voters.append(project(block))
            result.makers[project(block)] = [projection(block)]
            result.readers[project(block)] = [entrance(block + 1)]
    if strategy == "all":
        result.quotas += [([project(block) for block in stream], []) for stream in STREAMS]
        result.voters.append("features.18.1")
        result.makers["features.18.1"] = ["features.18.0.weight"]
        result.readers["features.18.1"] = ["classifier.1.weight"]
    return result


TIMM_STAGES = [range(1, 2), *STREAMS, range(17, 18)]  # timm counts the blocks within these
TIMM_PARTS = {"conv.0.0": "conv_pw", "conv.0.1": "bn1", "conv.1.0": "conv_dw", "conv.1.1": "bn2", "conv.2": "conv_pwl", "conv.3": "bn3"}
TIMM_FIRST = {"conv.0.0": "conv_dw", "conv.0.1": "bn1", "conv.1": "conv_pw", "conv.2": "bn2"}
TIMM_ENDS = {"features.0.0": "conv_stem", "features.0.1": "bn1", "features.18.0": "conv_head", "features.18.1": "bn2", "classifier.1": "classifier"}


def timm_name(path):
    tensor = ".weight" if path.endswith(".weight") else ""
    path = path.removesuffix(tensor)
    if path in TIMM_ENDS:
        return TIMM_ENDS[path] + tensor
    _, block, part = path.split(".", 2)
    stage, here = next((number, int(block) - blocks[0]) for number, blocks in enumerate(TIMM_STAGES) if int(block) in blocks)
    return f"blocks.{stage}.{here}.{(TIMM_FIRST if stage == 0 else TIMM_PARTS)[part]}{tensor}"


def expected(source, architecture, strategy):
    result = in_torchvision(strategy)
    return result.under(timm_name) if source == "timm" else result


case = case_fixture("mobilenet_v2", expected, [("timm", "mobilenetv2_100", "traced", "all")] +
                    list(itertools.product(["torchvision"], ["mobilenet_v2"], ["scripted", "traced"], ["inner", "all"])))

BLOCK_TIE = "  tie stem, expand, depthwise across stage, block by quota\n"
test_refused = refusal_test("mobilenet_v2", "all", "torchvision", "mobilenet_v2", {
    "no block tie": ({BLOCK_TIE: ""}, ["features.3.conv.0.1", "features.3.conv.1.1", "depthwise"]),
    "no stream tie": ({"  tie project2, project3, project4, project5, project6 across stream by quota\n": ""},
                      ["features.2.conv.3", "features.3.conv.3", "aten::add"]),
    "stem not in the tie": ({"tie stem, expand": "tie expand"}, ["`features.0.1`", "features.1.conv.0.1"]),
    "a block too few in a stream": ({"{block=7..10}": "{block=7..9}"}, ["features.10.conv.3"]),
})

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

BLOCKS = [1, 2, 8, 8, 4]


def expected(source, architecture, strategy):
    result = Expected([], {}, {})
    for stage, blocks in enumerate(BLOCKS):
        here = f"stages.{stage}"
        down = f"{here}.conv_down"
        result.makers[f"{down}.bn"] = [f"{down}.conv.weight"]
        result.readers[f"{down}.bn"] = [f"{here}.blocks.0.conv1.conv.weight"]
        for block in range(blocks):
            narrow, wide = f"{here}.blocks.{block}.conv1", f"{here}.blocks.{block}.conv2"
            result.voters += [f"{narrow}.bn"] + ([f"{wide}.bn"] if strategy == "all" else [])
            result.makers.update({f"{layer}.bn": [f"{layer}.conv.weight"] for layer in (narrow, wide)})
            result.readers[f"{narrow}.bn"] = [f"{wide}.conv.weight"]
            result.readers[f"{wide}.bn"] = [after(stage, block)]
        if strategy == "all":
            result.quotas.append(([f"{here}.blocks.{block}.conv2.bn" for block in range(blocks)], [f"{down}.bn"]))
    return result


def after(stage, block):
    if block + 1 < BLOCKS[stage]:
        return f"stages.{stage}.blocks.{block + 1}.conv1.conv.weight"
    return f"stages.{stage + 1}.conv_down.conv.weight" if stage + 1 < len(BLOCKS) else "head.fc.weight"


case = case_fixture("darknet53", expected,
                    list(itertools.product(["timm"], ["darknet53"], ["scripted", "traced"], ["inner", "all"])))

test_refused = refusal_test("darknet53", "all", "timm", "darknet53", {
    "no tie": ({"  tie wide across stage by quota carrying down\n": ""}, ["stages.1.blocks.0.conv2.bn", "stages.1.blocks.1.conv2.bn", "aten::add"]),
    "down not carried": ({" carrying down": ""}, ["stages.0.blocks.0.conv2.bn", "stages.0.conv_down.bn"]),
})

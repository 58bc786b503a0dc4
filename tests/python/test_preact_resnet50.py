# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

BLOCKS = {1: 3, 2: 4, 3: 6, 4: 3}

PUBLIC = {"block": "layer{stage}.{block}", "norm": "bn{number}", "shortcut": "shortcut.0", "stem": "conv1", "final": "bn", "head": "linear", "first": 1}
TIMM = {"block": "stages.{stage}.blocks.{block}", "norm": "norm{number}", "shortcut": "downsample.conv", "stem": "stem.conv", "final": "norm",
        "head": "head.fc", "first": 0}


def expected(source, architecture, strategy):
    names = TIMM if source == "timm" else PUBLIC

    def path(stage, block, part, number=""):
        prefix = names["block"].format(stage=stage - 1 + names["first"], block=block)
        return f"{prefix}.{names[part].format(number=number) if part in names else part}"

    result, streams = Expected([], {}, {}), {stage: [] for stage in range(5)}
    for stage, blocks in BLOCKS.items():
        for block in range(blocks):
            def norm(number):
                return path(stage, block, "norm", number)

            result.voters += [norm(number) for number in ((1, 2, 3) if strategy == "all" else (2, 3))]
            for number in (2, 3):
                result.makers[norm(number)] = [path(stage, block, f"conv{number - 1}.weight")]
                result.readers[norm(number)] = [path(stage, block, f"conv{number}.weight")]
            streams[stage - 1 if block == 0 else stage].append(norm(1))
            # The first block of a stage projects what its bn1 made.
            projection = [path(stage, block, "shortcut") + ".weight"] if block == 0 else []
            result.readers[norm(1)] = [path(stage, block, "conv1.weight")] + projection
    if strategy == "all":
        result.readers[names["final"]] = [names["head"] + ".weight"]
        for stream, voters in streams.items():
            carried = [names["final"]] if stream == 4 else []
            result.makers.update({norm: [] for norm in voters + carried})
            ends = [path(stream, block, "conv3.weight") for block in range(BLOCKS.get(stream, 0))]
            opening = names["stem"] if stream == 0 else path(stream, 0, "shortcut")
            result.makers[voters[0]] = [f"{opening}.weight"] + ends
            if stream > 0:
                result.quotas.append((voters, carried))
    return result


case = case_fixture("preact_resnet50", expected,
                    list(itertools.product(["preact_resnet"], ["preact_resnet50"], ["scripted", "traced"], ["inner", "all"]))
                    + [("timm", "resnetv2_50", "traced", "all"), ("timm", "resnetv2_50", "scripted", "all")])

TIE = "  tie stream1, stream2, stream3, stream4 across stream by quota carrying final\n"
test_refused = refusal_test("preact_resnet50", "all", "preact_resnet", "preact_resnet50", {
    "no tie": ({TIE: ""}, ["layer1.1.bn1", "layer1.2.bn1", "layer2.0.bn1", "aten::add"]),
    "final norm not carried": ({" carrying final": ""}, ["layer4.1.bn1", "`bn`"]),
    "the next stage's first block not in the tie": ({", layer2.{block=0}.bn1": ""}, ["layer1.1.bn1", "layer2.0.bn1"]),
})

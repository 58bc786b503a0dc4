# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

BLOCKS = [f"layer{stage}.{block}" for stage in (1, 2, 3, 4) for block in (0, 1)]
# By the practice's list of `[bn1, bn2]` a block: entries 0, 2 and 4 read the first stream, and so on.
STREAMS = [[0, 2, 4], [6, 8], [10, 12], [14]]


def in_public_layout(strategy):
    entries = [f"{block}.{norm}" for block in BLOCKS for norm in ("bn1", "bn2")]
    result = Expected(entries if strategy == "all" else entries[1::2], {}, {})
    for block in BLOCKS:
        result.makers[f"{block}.bn2"] = [f"{block}.conv1.weight"]
        result.readers[f"{block}.bn2"] = [f"{block}.conv2.weight"]
    if strategy == "all":
        for number, stream in enumerate(STREAMS, start=1):
            add_stream(result, number, [entries[entry] for entry in stream], ["bn"] if number == 4 else [])
    return result


def add_stream(result, number, voters, carried):
    result.quotas.append((voters, carried))
    opening = ["conv1.weight"] if number == 1 else [f"layer{number}.0.shortcut.0.weight"]
    result.makers.update({norm: [] for norm in voters + carried})
    result.makers[voters[0]] = opening + [f"layer{number}.{block}.conv2.weight" for block in (0, 1)]
    for norm in voters:
        block = norm.removesuffix(".bn1")
        # The first block of the next stage projects what its bn1 made.
        leaves = block == f"layer{number + 1}.0"
        result.readers[norm] = [f"{block}.conv1.weight"] + ([f"{block}.shortcut.0.weight"] if leaves else [])
    if carried:
        result.readers["bn"] = ["linear.weight"]


TIMM = {"bn": "norm", "linear": "head.fc", "conv1": "stem.conv", "bn1": "norm1", "bn2": "norm2", "shortcut.0": "downsample.conv"}


def timm_name(path):
    tensor = ".weight" if path.endswith(".weight") else ""
    path = path.removesuffix(tensor)
    if not path.startswith("layer"):
        return TIMM[path] + tensor
    stage, block, part = path.removeprefix("layer").split(".", 2)
    return f"stages.{int(stage) - 1}.blocks.{block}.{part if part in ('conv1', 'conv2') else TIMM[part]}{tensor}"


def expected(source, architecture, strategy):
    result = in_public_layout(strategy)
    return result.under(timm_name) if source == "timm" else result


case = case_fixture("preact_resnet18", expected,
                    list(itertools.product(["preact_resnet"], ["preact_resnet18"], ["scripted", "traced"], ["bn2", "all"]))
                    + [("timm", "resnetv2_18", "traced", "all"), ("timm", "resnetv2_18", "scripted", "bn2")])

TIE = "  tie stream1, stream2, stream3, stream4 across stream by quota carrying final\n"
test_refused = refusal_test("preact_resnet18", "all", "preact_resnet", "preact_resnet18", {
    "no tie": ({TIE: ""}, ["layer1.0.bn1", "layer1.1.bn1", "layer2.0.bn1", "aten::add"]),
    "final norm not carried": ({" carrying final": ""}, ["layer4.1.bn1", "`bn`"]),
    "the next stage's first block not in the tie": ({", layer2.{block=0}.bn1": ""}, ["layer1.0.bn1", "layer2.0.bn1"]),
})

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import Expected, case_fixture
from refusals import refusal_test

# Counted by hand through the configuration file: the downsampling convolution that opens a stage, and the 3x3 convolutions that end its blocks.
STAGES = {1: [3], 5: [7, 10], 12: range(14, 36, 3), 37: range(39, 61, 3), 62: range(64, 74, 3)}


def norm(layer):
    return f"module_list.{layer}.batch_norm_{layer}"


def weight(layer):
    return f"module_list.{layer}.conv_{layer}.weight"


def expected(source, architecture, strategy):
    result = Expected([], {}, {})
    for down, wides in STAGES.items():
        result.makers[norm(down)], result.readers[norm(down)] = [weight(down)], [weight(down + 1)]
        for wide in wides:
            narrow = wide - 1
            result.voters += [norm(narrow)] + ([norm(wide)] if strategy == "all" else [])
            result.makers.update({norm(layer): [weight(layer)] for layer in (narrow, wide)})
            result.readers[norm(narrow)] = [weight(wide)]
            result.readers[norm(wide)] = ["connected.weight" if wide == 73 else weight(wide + 2)]
        if strategy == "all":
            result.quotas.append(([norm(wide) for wide in wides], [norm(down)]))
    return result


case = case_fixture("darknet53_numbered", expected,
                    list(itertools.product(["darknet_numbered"], ["darknet53"], ["scripted", "traced"], ["inner", "all"])))

test_refused = refusal_test("darknet53_numbered", "all", "darknet_numbered", "darknet53", {
    "one number missing": ({"7|10": "7"}, [norm(7), norm(10)]),
    "a stage is not carried": ({", down5\n": "\n"}, [norm(62), norm(64)]),
})

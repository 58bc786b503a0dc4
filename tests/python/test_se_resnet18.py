# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import functools
import itertools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import case_fixture
from refusals import refusal_test
from se_resnets import ExpectedSE

NETWORK = ("se_resnet", "se_resnet18")
FORMS = ["scripted", "traced"]
case = case_fixture("se_resnet18", functools.partial(ExpectedSE, "se_resnet18"),
                    [(*NETWORK, form, strategy) for form, strategy in itertools.product(FORMS, ["bn1", "all"])]
                    + [("timm", "legacy_seresnet18", form, "all") for form in FORMS] + [("timm", "seresnet18", "scripted", "all")])

test_refused = refusal_test("se_resnet18", "all", *NETWORK, {
    "no tie": ({"  tie bn2 across stage by quota carrying down, stem\n": ""}, ["layer1.0.bn2", "layer1.1.bn2", "aten::add"]),
    "stem not carried": ({"carrying down, stem": "carrying down"}, ["layer1.0.bn2", "`bn1`"]),
    "down not carried": ({"carrying down, stem": "carrying stem"}, ["layer2.0.bn2", "layer2.0.downsample.1"]),
})

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import functools

from network_checks import *  # noqa: F403  the tests themselves
from network_checks import case_fixture
from refusals import refusal_test
from se_resnets import ExpectedSE

NETWORK = ("se_resnet", "se_resnet50")
case = case_fixture("se_resnet50", functools.partial(ExpectedSE, "se_resnet50"),
                    [(*NETWORK, form, strategy) for strategy in ("inner", "all") for form in ("scripted", "traced")] + [
                     ("timm", "seresnet50", "traced", "all"), ("timm", "legacy_seresnet50", "traced", "all")])

test_refused = refusal_test("se_resnet50", "all", *NETWORK, {
    "no tie": ({"  tie bn3 across stage by quota carrying down\n": ""}, ["layer1.0.bn3", "layer1.1.bn3", "aten::add"]),
    "down not carried": ({" carrying down": ""}, ["layer1.0.bn3", "layer1.0.downsample.1"]),
})

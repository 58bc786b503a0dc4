# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The cases of the ResNets, for test_resnet18.py and test_resnet50.py, and the tests that each must pass."""

import network_checks
import practice
import resnet_edits
from network_checks import *  # noqa: F403  the tests themselves


class ExpectedResNet(network_checks.Expected):
    def __init__(self, architecture, strategy):
        super().__init__(practice.voter_paths(architecture, strategy), {}, {}, practice.ties(architecture, strategy))
        self.architecture = architecture

    def cuts(self, kept, gammas):
        return resnet_edits.edits(self.architecture, kept, {path: len(scales) for path, scales in gammas.items()})


def case_fixture(architecture, cases):
    """cases: lists of (source, form, strategy)."""
    return network_checks.case_fixture(architecture, lambda source, network, strategy: ExpectedResNet(network, strategy),
                                       [(source, architecture, form, strategy) for source, form, strategy in cases])

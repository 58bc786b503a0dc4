# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import itertools

from resnet_checks import *  # noqa: F403  the tests themselves
from resnet_checks import case_fixture

case = case_fixture("resnet18", list(itertools.product(["torchvision", "timm"], ["scripted", "traced"], ["bn1", "all"])))

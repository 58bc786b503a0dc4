# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""python3 evaluate.py MODEL...: the accuracy of each model on the held-out digits. The models bring their own code along: neither the
class that they were made from nor prunec is needed."""

import sys
import warnings

import torch

import digits

warnings.simplefilter("ignore")  # TorchScript is deprecated in Python, and is the format that users have
_, _, images, labels = digits.load()
for path in sys.argv[1:]:
    model = torch.jit.load(path)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    print(f"{path:<16} {digits.accuracy(model, images, labels):7.2%} of {len(images)} held-out digits, {parameters:7,} parameters")

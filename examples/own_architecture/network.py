# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""python3 network.py: a network that no installed rules are for, exported as two_paths.pt. Its weights are random, and so are its scales: what is
shown here does not depend on them."""

import prunec
import torch
from torch import nn


class Path(nn.Module):
    """A convolution and its norm."""

    def __init__(self, inputs, width, kernel):
        super().__init__()
        self.conv = nn.Conv2d(inputs, width, kernel, padding=kernel // 2, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        return self.norm(self.conv(x))


class Block(nn.Module):
    """A wide and a narrow look at the input, added; then back to the stream that all the blocks add to."""

    def __init__(self, stream, width):
        super().__init__()
        self.wide = Path(stream, width, 5)
        self.narrow = Path(stream, width, 1)
        self.out = Path(width, stream, 3)

    def forward(self, x):
        return torch.relu(x + self.out(torch.relu(self.wide(x) + self.narrow(x))))


class TwoPaths(nn.Module):
    def __init__(self, stream=24, width=48, blocks=3, classes=10):
        super().__init__()
        self.stem = Path(3, stream, 3)
        self.blocks = nn.Sequential(*(Block(stream, width) for _ in range(blocks)))
        self.head = nn.Linear(stream, classes)

    def forward(self, x):
        return self.head(self.blocks(torch.relu(self.stem(x))).mean((2, 3)))


if __name__ == "__main__":
    torch.manual_seed(0)
    model = TwoPaths().eval()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.01, 1)
            nn.init.normal_(module.bias, std=0.1)
    prunec.export(model, "two_paths.pt")

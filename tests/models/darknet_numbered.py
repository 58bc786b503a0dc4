# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""DarkNet-53 in its classic numbered layout: every section of the configuration file is a module of one list, shortcuts among them."""

from typing import List

import torch
from torch import nn

# A number of filters and a stride for each downsampling convolution, and how many residual blocks follow it.
STAGES = [(64, 1), (128, 2), (256, 8), (512, 8), (1024, 4)]


class Darknet53(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.module_list = nn.ModuleList()
        self.adds: List[bool] = []
        width = self.convolution(3, 32, 3)
        for filters, blocks in STAGES:
            width = self.convolution(width, filters, 3, stride=2)
            for _ in range(blocks):
                self.convolution(width, width // 2, 1)
                self.convolution(width // 2, width, 3)
                self.module_list.append(nn.Sequential())  # a shortcut; the forward pass adds
                self.adds.append(True)
        self.connected = nn.Linear(width, classes)

    def convolution(self, inputs, outputs, size, stride=1):
        number, layer = len(self.module_list), nn.Sequential()
        layer.add_module(f"conv_{number}", nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False))
        layer.add_module(f"batch_norm_{number}", nn.BatchNorm2d(outputs))
        layer.add_module(f"leaky_{number}", nn.LeakyReLU(0.1))
        self.module_list.append(layer)
        self.adds.append(False)
        return outputs

    def forward(self, x):
        outputs: List[torch.Tensor] = []
        for number, layer in enumerate(self.module_list):
            x = x + outputs[number - 3] if self.adds[number] else layer(x)
            outputs.append(x)
        return self.connected(x.mean([2, 3]))


def darknet53():
    return Darknet53()

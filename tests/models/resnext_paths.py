# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""ResNeXt-50 32x4d in its split form (Xie et al. 2017, figure 3b): each block runs 32 small parallel paths and concatenates what they make."""

import torch
from torch import nn


class Path(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(x)))


class Block(nn.Module):
    def __init__(self, inputs, width, outputs, stride, paths):
        super().__init__()
        self.paths = nn.ModuleList([Path(inputs, width, stride) for _ in range(paths)])
        self.conv3 = nn.Conv2d(paths * width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        made = []
        for path in self.paths:
            made.append(path(x))
        out = self.bn3(self.conv3(torch.cat(made, 1)))
        out += x if self.downsample is None else self.downsample(x)
        return self.relu(out)


class ResNeXtPaths(nn.Module):
    def __init__(self, blocks, paths=32, classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for stage, count in enumerate(blocks):
            outputs = 256 * 2 ** stage
            width = outputs // 2 // paths
            layers = []
            for block in range(count):
                layers.append(Block(inputs, width, outputs, 2 if block == 0 and stage > 0 else 1, paths))
                inputs = outputs
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def resnext50_paths():
    return ResNeXtPaths([3, 4, 6, 3])

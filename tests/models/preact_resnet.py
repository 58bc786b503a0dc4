# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""A pre-activation ResNet-18 in its usual public layout, for small images: the stem is one convolution, and a norm follows the last block."""

from torch import nn
from torch.nn import functional


class PreActBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = nn.Sequential()
        self.projects = stride != 1 or inputs != outputs
        if self.projects:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False))

    def forward(self, x):
        out = functional.relu(self.bn1(x))
        # A projection reads what the norm made; without one, the stream itself goes on.
        shortcut = self.shortcut(out) if self.projects else x
        out = self.conv1(out)
        out = self.conv2(functional.relu(self.bn2(out)))
        out += shortcut
        return out


class PreActResNet(nn.Module):
    def __init__(self, blocks, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        self.layer1 = stage(64, 64, blocks[0], 1)
        self.layer2 = stage(64, 128, blocks[1], 2)
        self.layer3 = stage(128, 256, blocks[2], 2)
        self.layer4 = stage(256, 512, blocks[3], 2)
        self.bn = nn.BatchNorm2d(512)
        self.linear = nn.Linear(512, classes)

    def forward(self, x):
        out = self.conv1(x)
        out = self.layer4(self.layer3(self.layer2(self.layer1(out))))
        out = functional.adaptive_avg_pool2d(functional.relu(self.bn(out)), 1)
        out = out.view(out.size(0), -1)
        return self.linear(out)


def stage(inputs, outputs, blocks, stride):
    return nn.Sequential(PreActBlock(inputs, outputs, stride), *[PreActBlock(outputs, outputs, 1) for _ in range(blocks - 1)])


def preact_resnet18():
    return PreActResNet([2, 2, 2, 2])

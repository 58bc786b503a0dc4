# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Pre-activation ResNets in their usual public layout, for small images: the stem is one convolution, and a norm follows the last block."""

from torch import nn
from torch.nn import functional


def projection(inputs, outputs, stride):
    """Empty where the stream goes on as it is."""
    if stride == 1 and inputs == outputs:
        return nn.Sequential()
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False))


class PreActBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = projection(inputs, outputs, stride)
        self.projects = len(self.shortcut) > 0

    def forward(self, x):
        out = functional.relu(self.bn1(x))
        # A projection reads what the norm made; without one, the stream itself goes on.
        shortcut = self.shortcut(out) if self.projects else x
        out = self.conv1(out)
        out = self.conv2(functional.relu(self.bn2(out)))
        out += shortcut
        return out


class PreActBottleneck(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        width = outputs // 4
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.shortcut = projection(inputs, outputs, stride)
        self.projects = len(self.shortcut) > 0

    def forward(self, x):
        out = functional.relu(self.bn1(x))
        shortcut = self.shortcut(out) if self.projects else x
        out = self.conv1(out)
        out = self.conv2(functional.relu(self.bn2(out)))
        out = self.conv3(functional.relu(self.bn3(out)))
        out += shortcut
        return out


class PreActResNet(nn.Module):
    def __init__(self, block, expansion, blocks, classes=10):
        super().__init__()
        widths = [64 * expansion, 128 * expansion, 256 * expansion, 512 * expansion]
        self.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        self.layer1 = stage(block, 64, widths[0], blocks[0], 1)
        self.layer2 = stage(block, widths[0], widths[1], blocks[1], 2)
        self.layer3 = stage(block, widths[1], widths[2], blocks[2], 2)
        self.layer4 = stage(block, widths[2], widths[3], blocks[3], 2)
        self.bn = nn.BatchNorm2d(widths[3])
        self.linear = nn.Linear(widths[3], classes)

    def forward(self, x):
        out = self.conv1(x)
        out = self.layer4(self.layer3(self.layer2(self.layer1(out))))
        out = functional.adaptive_avg_pool2d(functional.relu(self.bn(out)), 1)
        out = out.view(out.size(0), -1)
        return self.linear(out)


def stage(block, inputs, outputs, blocks, stride):
    return nn.Sequential(block(inputs, outputs, stride), *[block(outputs, outputs, 1) for _ in range(blocks - 1)])


def preact_resnet18():
    return PreActResNet(PreActBlock, 1, [2, 2, 2, 2])


def preact_resnet50():
    return PreActResNet(PreActBottleneck, 4, [3, 4, 6, 3])

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""ResNets with squeeze-and-excitation in their usual public layout: `se.fc.0` and `se.fc.2` are linear layers without bias."""

from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet


class SELayer(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(
            nn.Linear(channels, channels // reduction, bias=False),
            nn.ReLU(inplace=True),
            nn.Linear(channels // reduction, channels, bias=False),
            nn.Sigmoid(),
        )

    def forward(self, x):
        b, c, _, _ = x.size()
        y = self.avg_pool(x).view(b, c)
        y = self.fc(y).view(b, c, 1, 1)
        return x * y.expand_as(x)


class SEBasicBlock(BasicBlock):
    def __init__(self, inplanes, planes, *arguments, **options):
        super().__init__(inplanes, planes, *arguments, **options)
        self.se = SELayer(planes)

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.se(self.bn2(self.conv2(out)))
        residual = x if self.downsample is None else self.downsample(x)
        out += residual
        return self.relu(out)


class SEBottleneck(Bottleneck):
    def __init__(self, inplanes, planes, *arguments, **options):
        super().__init__(inplanes, planes, *arguments, **options)
        self.se = SELayer(planes * 4)

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.se(self.bn3(self.conv3(out)))
        residual = x if self.downsample is None else self.downsample(x)
        out += residual
        return self.relu(out)


def se_resnet18():
    return ResNet(SEBasicBlock, [2, 2, 2, 2])


def se_resnet50():
    return ResNet(SEBottleneck, [3, 4, 6, 3])

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Which tensor of a ResNet is cut where, written down from the architecture as a person would do it by hand."""

from practice import BLOCKS

NORM_STATE = ("weight", "bias", "running_mean", "running_var")


def convolution_of(norm):
    """The convolution whose outputs a norm scales: bn1 -> conv1, downsample.1 -> downsample.0."""
    return norm[:-1] + "0" if norm.endswith("downsample.1") else norm.replace("bn", "conv")


def readers(architecture):
    """path of a norm -> weights that read its channels, for the norms inside a block and for the writers of each stream."""
    inner = {"resnet18": [("bn1", "conv2")], "resnet50": [("bn1", "conv2"), ("bn2", "conv3")]}[architecture]
    writer = {"resnet18": "bn2", "resnet50": "bn3"}[architecture]
    stages = BLOCKS[architecture]
    found = {"bn1": ["layer1.0.conv1"] + ([] if architecture == "resnet18" else ["layer1.0.downsample.0"])}
    for stage, blocks in enumerate(stages, start=1):
        for block in range(blocks):
            here = f"layer{stage}.{block}."
            found.update({here + norm: [here + reader] for norm, reader in inner})
            if block + 1 < blocks:
                found[here + writer] = [f"layer{stage}.{block + 1}.conv1"]
            elif stage < len(stages):
                found[here + writer] = [f"layer{stage + 1}.0.conv1", f"layer{stage + 1}.0.downsample.0"]
            else:
                found[here + writer] = ["fc"]
    return found


def edits(architecture, kept, widths):
    """(tensor, axis) -> kept channels, for every cut that the kept channels of the norms call for. A norm that keeps all is left out."""
    result = {}
    reading = readers(architecture)
    for norm, channels in kept.items():
        if len(channels) == widths[norm]:
            continue
        result.update({(f"{norm}.{name}", 0): channels for name in NORM_STATE})
        result[f"{convolution_of(norm)}.weight", 0] = channels
        result.update({(f"{reader}.weight", 1): channels for reader in reading.get(norm, [])})
    return result

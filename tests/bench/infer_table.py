# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Drafts rules for many networks with `prunec infer` and prunes each by its `all` at 0.4, verified; writes what came of it as a table.

    PRUNEC=build/release/bin/prunec python tests/bench/infer_table.py [--only NAME ...] [--out tests/bench/infer.md]

Networks whose row is in the output already are left out, so that a run that was stopped goes on where it ended."""

import argparse
import gc
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
import models  # noqa: E402
import torch  # noqa: E402

HERE = Path(__file__).parent
TIMM = ["darknet53", "cspresnet50", "cspdarknet53", "dla34", "dpn68", "res2net50_14w_8s", "resnest14d", "seresnet18", "skresnet18",
        "hrnet_w18_small", "vovnet39a", "ese_vovnet19b_dw", "selecsls42b", "repvgg_a0", "ghostnet_100", "efficientnet_b0", "mobilenetv3_large_100",
        "regnetx_002", "regnetz_b16", "rexnet_100", "hardcorenas_a", "tinynet_e", "xception41", "legacy_xception", "inception_v4", "densenet121",
        "resnet26d", "mixnet_s", "lcnet_050"]
TIMEOUT = 600


def torchvision_networks():
    import torchvision

    return [("torchvision", name) for name in torchvision.models.list_models(module=torchvision.models)]


def build(source, name):
    torch.manual_seed(0)
    if source == "timm":
        import timm

        model = timm.create_model(name, pretrained=False)
    else:
        import torchvision

        options = {"init_weights": True} if name in ("googlenet", "inception_v3") else {}
        model = torchvision.models.get_model(name, weights=None, **options)
    models.give_distinct_norms(model.eval(), seed=1)
    for weight in model.parameters():
        if weight.dim() > 1 and not weight.any():  # a vision transformer's head, behind which all outputs are alike
            torch.nn.init.normal_(weight, std=0.02)
    return model


def export(model, path, shape):
    try:
        return models.export_somehow(model, path, shape)
    except Exception as error:  # whatever keeps PyTorch from it
        raise RuntimeError(f"PyTorch neither scripts nor traces it: {first_line(str(error))}") from None


def first_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    told = next((line for line in lines if re.search(r"\b(error|internal error)\[", line)), lines[0] if lines else "no message")
    return told.strip()[:160].replace("|", "/")


def run(*arguments):
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive", "NO_COLOR": "1"}
    done = subprocess.run([os.environ["PRUNEC"], *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=TIMEOUT)
    if done.returncode:
        raise RuntimeError(f"{arguments[0]}: {first_line(done.stderr)}")
    return done


def row(source, name, folder):
    size = 224 if "maxvit" in name or "vit_" in name else 128 if "inception" in name else 64
    shape, text = (1, 3, size, size), f"1x3x{size}x{size}"
    model_path, rules = folder / "model.pt", folder / "rules.prune"
    form, pinned, removed, took = "", "", "", ""
    try:
        model = build(source, name)
        try:
            models.SHAPE = shape
            models.keep_signal(model)
        except Exception as error:
            raise RuntimeError(f"does not run on {text}: {first_line(str(error))}") from None
        form = export(model, model_path, shape)
        del model
        gc.collect()
        facts = folder / "facts.json"
        prunable = json.loads(run("inspect", model_path, "--input", text, "--facts", facts, "--force", "--format", "json").stdout)["prunable"]
        pinned = f"{100 * (1 - prunable['channels'] / prunable['of']):.1f}%" if prunable["of"] else "-"
        begin = time.monotonic()
        drafted = json.loads(run("infer", "--facts", facts, "-o", rules, "--force", "--format", "json").stdout)
        drafting = time.monotonic() - begin
        run("apply", model_path, "--rules", rules, "--strategy", "all", "--ratio", "0.4", "--input", text, "-o", folder / "pruned.pt", "--force")
        took = f"{drafting:.1f} + {time.monotonic() - begin - drafting:.1f} s"
        removed = f"{100 * json.loads((folder / 'pruned.json').read_text())['reached']['channels_removed']:.1f}%"
        by_graph = any(strategy["tied_by_graph"] for strategy in drafted["strategies"])
        result = "pass" + (", ties left to the graph" if by_graph else "")
    except subprocess.TimeoutExpired as error:
        result = f"fail: {Path(error.cmd[0]).name} {error.cmd[1]} took more than {TIMEOUT} s"
    except Exception as error:
        result = f"fail: {first_line(str(error))}"
    return f"| {source} | {name} | {form} | {result} | {pinned} | {removed} | {took} |"


HEAD = """# What `prunec infer` makes of the networks that people use

Written by [infer_table.py](infer_table.py): each network with random distinct scales, exported at a small input (scripted, or traced where PyTorch cannot
script it); rules drafted by `prunec infer`, then `prunec apply --strategy all --ratio 0.4`, verified. "Whole" is the share of all norm channels that
cannot go for reasons of the graph, one channel of each set among them; "-" where no norm has a scale, so that the draft scores layers by their filters. Times are of drafting and of applying, on a busy machine.

| from | network | form | result | whole | removed | time |
| --- | --- | --- | --- | --- | --- | --- |
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--out", type=Path, default=HERE / "infer.md")
    options = parser.parse_args()
    torch.set_num_threads(1)
    known = [line for line in options.out.read_text().splitlines() if re.match(r"\| (torchvision|timm) ", line)] if options.out.exists() else []
    networks = [*torchvision_networks(), *(("timm", name) for name in TIMM)]
    for source, name in networks:
        if (options.only and name not in options.only) or any(line.startswith(f"| {source} | {name} |") for line in known):
            continue
        with tempfile.TemporaryDirectory() as folder:
            known.append(row(source, name, Path(folder)))
        print(known[-1], flush=True)
        passed = sum("| pass" in line for line in known)
        options.out.write_text(HEAD + "\n".join(known) + f"\n\n{passed} of {len(known)} pass.\n")


if __name__ == "__main__":
    main()

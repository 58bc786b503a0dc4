# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What prunec makes of the models that people use: every torchvision classifier with batch norms, and timm's families of CNNs.

    PRUNEC=build/release/bin/prunec python tests/bench/model_survey.py [NAME...] [--input 1x3x224x224] [--apply]

Each model gets random weights, is scripted where PyTorch can script it and traced where not, and is read by `prunec inspect`. The table says
how many norm channels could go, which operations prunec does not know, and how long it took. With --apply, and where the program can
write rules by itself (`prunec infer`), these are used to prune the model at 0.4, verified.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import torch

warnings.filterwarnings("ignore")

TIMM = ["resnet26d", "resnext26ts", "seresnet33ts", "skresnet18", "resnest14d", "res2net50_26w_4s", "hrnet_w18_small", "dla34", "vovnet39a",
        "efficientnet_lite0", "mobilenetv3_small_100", "ghostnet_100", "mixnet_s", "regnety_002", "rexnet_100", "cspresnet50", "darknet53",
        "dpn48b", "selecsls42", "repvgg_a0", "inception_v4", "xception41", "nfnet_f0", "convnext_atto", "mobileone_s0", "fasternet_t0", "tresnet_m",
        "gernet_s", "hardcorenas_a", "edgenext_xx_small"]


def torchvision_names():
    from torchvision import models
    return models.list_models(module=models)


def build(name):
    if name in torchvision_names():
        from torchvision import models
        return models.get_model(name, weights=None)
    import timm
    return timm.create_model(name.removeprefix("timm:"), pretrained=False)


def has_batch_norm(model):
    return any(isinstance(module, torch.nn.modules.batchnorm._BatchNorm) for module in model.modules())


def give_distinct_norms(model):
    torch.manual_seed(1)
    for module in model.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm) and module.affine:
            torch.nn.init.normal_(module.weight, 1, 0.5)
            torch.nn.init.normal_(module.bias, 0, 0.3)
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)


def export(model, path, shape):
    try:
        torch.jit.script(model).save(str(path))
        return "scripted"
    except Exception:
        with torch.no_grad():
            torch.jit.trace(model, torch.randn(shape), check_trace=False).save(str(path))
        return "traced"


def prunec(*arguments):
    started = time.monotonic()
    done = subprocess.run([os.environ["PRUNEC"], *map(str, arguments)], capture_output=True, text=True, timeout=600,
                          env={**os.environ, "OMP_WAIT_POLICY": "passive", "NO_COLOR": "1"})
    return done, time.monotonic() - started


def first_error(done):
    lines = [line for line in done.stderr.splitlines() if "error" in line or "note" in line]
    return " ".join(line.strip() for line in lines[:2]) or f"exit code {done.returncode}"


def survey(name, shape, folder, apply):
    torch.manual_seed(0)
    model = build(name).eval()
    if not has_batch_norm(model):
        return None
    give_distinct_norms(model)
    path = folder / "model.pt"
    how = export(model, path, shape)
    text = "x".join(map(str, shape))
    done, seconds = prunec("inspect", path, "--input", text, "--format", "json")
    if done.returncode != 0:
        return [name, how, "FAIL", "", f"{seconds:.1f}", first_error(done)]
    found = json.loads(done.stdout)
    can, of = found["prunable"]["channels"], max(found["prunable"]["of"], 1)
    unknown = ", ".join(f"{o['name'].removeprefix('aten::')} ({o['channels']})" for o in found["operations_without_a_rule"] if o["channels"])
    row = [name, how, "ok", f"{100 * (of - can) / of:.1f}", f"{seconds:.1f}", unknown]
    if apply:
        rules = folder / "model.prune"
        rules.unlink(missing_ok=True)
        done, _ = prunec("infer", path, "--input", text, "--output", rules)
        if done.returncode == 0:
            done, seconds = prunec("apply", path, "--rules", rules, "--ratio", "0.4", "--input", text, "--force")
            row[4] = f"{seconds:.1f}"
        if done.returncode != 0:
            row[2], row[5] = "FAIL", first_error(done)
    return row


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--input", default="1x3x224x224")
    parser.add_argument("--apply", action="store_true")
    arguments = parser.parse_args()
    shape = tuple(map(int, arguments.input.split("x")))
    names = arguments.names or torchvision_names() + ["timm:" + name for name in TIMM]
    passed = failed = 0
    print(f"{'model':32} {'form':9} {'':5} {'pinned %':>8} {'seconds':>7}  operations without a rule (channels), or the error", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            own = (1, 3, 299, 299) if name in ("inception_v3", "timm:inception_v4") and shape[-1] < 299 else shape
            try:
                row = survey(name, own, Path(folder), arguments.apply)
            except Exception as error:
                row = [name, "", "none", "", "", f"no model: {str(error).splitlines()[0][:120] if str(error) else type(error).__name__}"]
            if row is None:
                continue
            passed += row[2] == "ok"
            failed += row[2] == "FAIL"
            print(f"{row[0]:32} {row[1]:9} {row[2]:5} {row[3]:>8} {row[4]:>7}  {row[5]}", flush=True)
    print(f"{passed} pass, {failed} fail")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

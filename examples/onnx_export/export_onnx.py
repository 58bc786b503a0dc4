# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""From a trained network to a pruned ONNX file that onnxruntime runs: python3 export_onnx.py [FOLDER]."""

import sys
import warnings
from pathlib import Path

import onnx
import onnxruntime
import prunec
import torch

QUICKSTART = Path(__file__).resolve().parent.parent / "quickstart"
sys.path.insert(0, str(QUICKSTART))
import digits  # noqa: E402
from network import DigitsResNet  # noqa: E402

warnings.simplefilter("ignore")


def export(model, path):
    """Any number of images at a time."""
    batch = torch.export.Dim("batch")
    torch.onnx.export(model, (torch.zeros(2, 1, 8, 8),), path, dynamo=True, input_names=["images"], output_names=["scores"],
                      dynamic_shapes=({0: batch},), external_data=False, verbose=False)
    onnx.checker.check_model(str(path), full_check=True)


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    folder.mkdir(parents=True, exist_ok=True)
    _, _, images, labels = digits.load()
    model = DigitsResNet()
    model.load_state_dict(torch.jit.load(QUICKSTART / "model.pt").state_dict())
    model.eval()
    for name in ("model", "model.pruned"):
        if name == "model.pruned":
            report = prunec.prune(model, rules=QUICKSTART / "digits_resnet.prune", strategy="all", ratio=0.5, example=images[:1])
            prunec.slice_(model, report, example=images[:1])
        path = folder / f"{name}.onnx"
        export(model, path)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        scores = torch.from_numpy(session.run(["scores"], {"images": images.numpy()})[0])
        with torch.no_grad():
            expected = model(images)
        difference = ((scores - expected).abs().max() / expected.abs().max()).item()
        accuracy = (scores.argmax(1) == labels).float().mean().item()
        print(f"{path.name:<18} {path.stat().st_size:9,} bytes, {accuracy:.2%} in onnxruntime, like PyTorch: {difference < 1e-5}")


if __name__ == "__main__":
    main()

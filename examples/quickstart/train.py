# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Trains the example's network by network slimming and writes model.pt and its manifest, model.json. Takes two minutes.

The L1 penalty on the BatchNorm scales drives the scales of channels that the network can do without to zero, which is what lets
prunec remove them without harm.
"""

import argparse
import hashlib
import io
import json
import random
from pathlib import Path

import numpy
import torch
from torch import nn

import digits
from network import DigitsResNet


def scales(model):
    return [module.weight for module in model.modules() if isinstance(module, nn.BatchNorm2d)]


def shifted(images):
    """Each image moved by at most one pixel, so that the small training set goes further."""
    padded = nn.functional.pad(images, (1, 1, 1, 1))
    offsets = torch.randint(0, 3, (len(images), 2))
    return torch.stack([image[:, y:y + 8, x:x + 8] for image, (y, x) in zip(padded, offsets.tolist())])


def train(model, images, labels, epochs, strength):
    penalised = scales(model)
    # The penalty alone acts on the scales. Weight decay on the shifts lets a channel without a scale end up without a shift too.
    rest = [parameter for parameter in model.parameters() if all(parameter is not scale for scale in penalised)]
    optimizer = torch.optim.SGD([{"params": penalised, "weight_decay": 0}, {"params": rest, "weight_decay": 5e-4}],
                                lr=0.05, momentum=0.9, nesterov=True)
    batches = (len(images) + 63) // 64
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=epochs * batches, pct_start=0.15)
    for epoch in range(epochs):
        model.train()
        for batch in torch.randperm(len(images)).split(64):
            loss = nn.functional.cross_entropy(model(shifted(images[batch])), labels[batch])
            penalty = sum(scale.abs().sum() for scale in penalised)
            optimizer.zero_grad()
            (loss + strength * penalty).backward()
            optimizer.step()
            schedule.step()
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {loss.item():.4f}, sum of scales {penalty.item():.1f}", flush=True)


def save(model, path):
    """As torch.jit.save does, without the debug records: these hold the paths that the Python files had on this machine."""
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(model), buffer)
    buffer.seek(0)
    archive, result = torch._C.PyTorchFileReader(buffer), torch._C.PyTorchFileWriter(str(path))
    written_by_the_writer = {"version", ".data/serialization_id"}
    for name in archive.get_all_records():
        if not name.endswith(".debug_pkl") and name not in written_by_the_writer:
            record = archive.get_record(name)
            result.write_record(name, record, len(record))
    result.write_end_of_file()


def main():
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--strength", type=float, default=3e-3, help="of the L1 penalty on the scales")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=here / "model.pt")
    arguments = parser.parse_args()

    random.seed(arguments.seed)
    numpy.random.seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # sums in one order

    train_images, train_labels, test_images, test_labels = digits.load()
    model = DigitsResNet()
    train(model, train_images, train_labels, arguments.epochs, arguments.strength)
    accuracy = digits.accuracy(model, test_images, test_labels)
    print(f"held-out accuracy: {accuracy:.2%}")

    save(model.eval(), arguments.output)
    manifest = {
        "file": arguments.output.name,
        "sha256": hashlib.sha256(arguments.output.read_bytes()).hexdigest(),
        "torch": torch.__version__.split("+")[0],
        "seed": arguments.seed,
        "held_out_accuracy": round(accuracy, 4),
        "command": f"python3 train.py --epochs {arguments.epochs} --strength {arguments.strength:g} --seed {arguments.seed}",
    }
    arguments.output.with_suffix(".json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()

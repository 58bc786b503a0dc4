# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Fine-tunes a pruned model file in several processes: torchrun --nproc-per-node 2 finetune.py MODEL OUTPUT [--epochs N].

The model brings its own code along, so neither its class nor prunec is needed here.
"""

import argparse
import sys
import warnings
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.data.distributed import DistributedSampler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "quickstart"))
import digits  # noqa: E402

warnings.simplefilter("ignore")  # TorchScript is deprecated in Python, and is the form that can be trained on


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    arguments = parser.parse_args()
    dist.init_process_group("gloo")
    torch.manual_seed(0)
    torch.set_num_threads(1)

    images, labels, test_images, test_labels = digits.load()
    model = torch.jit.load(arguments.model)
    before = digits.accuracy(model, test_images, test_labels)
    training = DistributedDataParallel(model)
    data = TensorDataset(images, labels)
    sampler = DistributedSampler(data, seed=0)
    optimizer = torch.optim.SGD(training.parameters(), lr=0.01, momentum=0.9)
    for epoch in range(arguments.epochs):
        sampler.set_epoch(epoch)
        training.train()
        for batch, target in DataLoader(data, batch_size=32, sampler=sampler):
            optimizer.zero_grad()
            nn.functional.cross_entropy(training(batch), target).backward()
            optimizer.step()

    # Every process has the same parameters; running averages of norms are those of the first.
    total = torch.stack([parameter.detach().double().sum() for parameter in model.parameters()]).sum()
    totals = [torch.zeros_like(total) for _ in range(dist.get_world_size())]
    dist.all_gather(totals, total)
    if dist.get_rank() == 0:
        after = digits.accuracy(model, test_images, test_labels)
        model.save(str(arguments.output))
        print(f"{dist.get_world_size()} processes, equal parameters: {all(torch.equal(total, other) for other in totals)}")
        print(f"{arguments.model.name}: {before:.2%} of the held-out digits, {arguments.output.name}: {after:.2%}", flush=True)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()

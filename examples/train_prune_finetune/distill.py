# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Fine-tuning by knowledge distillation: python3 distill.py [--short]. The network before pruning teaches the pruned one (Hinton et al. 2015)."""

import argparse
import copy

import prunec
import torch
from torch import nn

from run import sparse_training
from task import EXAMPLE, RULES, Task


def distillation(teacher, weight=0.7, temperature=4.0):
    """The loss for Task.fit: the labels, and what the teacher thinks of all the classes."""
    teacher = copy.deepcopy(teacher).eval()

    def loss_of(images, labels, outputs):
        with torch.no_grad():
            taught = nn.functional.log_softmax(teacher(images) / temperature, 1)
        said = nn.functional.log_softmax(outputs / temperature, 1)
        soft = nn.functional.kl_div(said, taught, reduction="batchmean", log_target=True) * temperature**2
        return weight * soft + (1 - weight) * nn.functional.cross_entropy(outputs, labels)

    return loss_of


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=0.1, help="of the multiply-accumulates that stay")
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    task = Task(arguments.seed, images=320 if arguments.short else None)
    dense = sparse_training(task, 4 if arguments.short else 60, 3e-3)
    report = prunec.prune(dense, rules=RULES, strategy="budget", macs=arguments.share, example=EXAMPLE)
    print(f"before pruning: {task.accuracy(dense):.2%}")
    for name, loss_of in (("labels alone", None), ("distillation", distillation(dense))):
        torch.manual_seed(arguments.seed)
        model = prunec.slice_(copy.deepcopy(dense), report)
        task.fit(model, 1 if arguments.short else 15, rate=0.03, loss_of=loss_of)
        print(f"{report.totals.macs.removed:.1%} fewer MACs, fine-tuned by {name}: {task.accuracy(model):.2%}", flush=True)


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Gradual pruning: python3 gradual.py [--short]. The same cost reached in several rounds, with training and one optimizer in between."""

import argparse

import prunec

from run import sparse_training
from task import EXAMPLE, RULES, Task, sgd


def gradually(task, model, share, rounds, epochs, strength):
    """Cuts the model in place; each round leaves the same share of what the round before left."""
    optimizer = sgd(model, 0.03)
    for number in range(1, rounds + 1):
        report = prunec.prune(model.eval(), rules=RULES, strategy="budget", macs=share ** (1 / rounds), example=EXAMPLE)
        prunec.slice_(model, report, example=EXAMPLE)
        prunec.slice_optimizer_(optimizer, model, report)  # momentum goes on
        at_once = task.accuracy(model)
        last = number == rounds  # nothing is pruned after it, so nothing has to become small
        task.fit(model, epochs, rate=0.03, optimizer=optimizer, penalty=None if last else lambda: prunec.sparsity(model, report, strength))
        macs = report.totals.macs
        print(f"round {number}: {macs.before:9,} -> {macs.after:9,} MACs, {at_once:.2%} at once, {task.accuracy(model):.2%} after training", flush=True)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=0.1, help="of the multiply-accumulates that stay in the end")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    task = Task(arguments.seed, images=320 if arguments.short else None)
    dense = sparse_training(task, 4 if arguments.short else 60, 3e-3)
    print(f"before pruning: {task.accuracy(dense):.2%}")
    gradually(task, dense, arguments.share, 2 if arguments.short else arguments.rounds, 1 if arguments.short else 6, 3e-3)


if __name__ == "__main__":
    main()

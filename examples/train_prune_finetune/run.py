# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Sparse training, pruning to four costs, fine-tuning: python3 run.py [--short]. Writes results.csv, results.svg and the reports."""

import argparse
import copy
import csv
from pathlib import Path

import prunec

from task import EXAMPLE, RULES, Task

SHARES = (0.7, 0.5, 0.3, 0.1)  # of the multiply-accumulates that stay


def sparse_training(task, epochs, strength):
    model = task.network()
    # The sites of a plan do not depend on the amount: a run that removes nothing names them.
    plan = prunec.prune(model, rules=RULES, strategy="budget", ratio=0, example=EXAMPLE)
    task.fit(model, epochs, penalty=lambda: prunec.sparsity(model, plan, strength))
    return model.eval()


def prune_and_finetune(task, dense, share, epochs, report_path):
    """(accuracy at once, accuracy after fine-tuning, report)"""
    report = prunec.prune(dense, rules=RULES, strategy="budget", macs=share, example=EXAMPLE, report=report_path, force=True)
    model = prunec.slice_(copy.deepcopy(dense), report, example=EXAMPLE)
    at_once = task.accuracy(model)
    task.fit(model, epochs, rate=0.03)
    return at_once, task.accuracy(model), report


def draw(rows, dense_accuracy, path):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "prunec", "svg.fonttype": "none"}  # the same picture for the same numbers, with text as text
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.6), layout="constrained")
    costs = [100 * row["macs_left"] for row in rows]
    axes.axhline(100 * dense_accuracy, color="grey", linestyle=":", label="before pruning")
    axes.plot(costs, [100 * row["after_pruning"] for row in rows], "o--", label="after pruning")
    axes.plot(costs, [100 * row["after_finetuning"] for row in rows], "o-", label="after fine-tuning")
    axes.set(xlabel="multiply-accumulates left, %", ylabel="accuracy on held-out digits, %", xlim=(100, 0))
    axes.legend(loc="lower left")
    figure.savefig(path, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--finetune-epochs", type=int, default=15)
    parser.add_argument("--strength", type=float, default=3e-3, help="of the L1 penalty on the scales")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results")
    parser.add_argument("--short", action="store_true", help="a look at the steps in seconds: little data, few epochs, two costs")
    arguments = parser.parse_args()
    if arguments.short:
        arguments.epochs, arguments.finetune_epochs = 4, 1
    arguments.output.mkdir(parents=True, exist_ok=True)

    task = Task(arguments.seed, images=320 if arguments.short else None)
    dense = sparse_training(task, arguments.epochs, arguments.strength)
    dense_accuracy = task.accuracy(dense)
    print(f"before pruning: {dense_accuracy:.2%}\n")
    print("MACs left  parameters left  after pruning  after fine-tuning")
    rows = []
    for share in SHARES[1:3] if arguments.short else SHARES:
        at_once, tuned, report = prune_and_finetune(task, dense, share, arguments.finetune_epochs, arguments.output / f"macs-{share:.0%}.json")
        row = {"macs_left": 1 - report.totals.macs.removed, "parameters_left": 1 - report.totals.parameters.removed, "after_pruning": at_once,
               "after_finetuning": tuned}
        rows.append(row)
        print(f"{row['macs_left']:9.1%}  {row['parameters_left']:15.1%}  {at_once:13.2%}  {tuned:17.2%}", flush=True)
    with open(arguments.output / "results.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    draw(rows, dense_accuracy, arguments.output / "results.svg")


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""prunec beside Torch-Pruning's BNScalePruner on real data: python3 compare_pruners.py [--short]. Writes comparison.md.

Both get the same trained network, the same cost in multiply-accumulates, counted by the same function, and the same fine-tuning from the same seed.
The network and the training are those of examples/train_prune_finetune, but the L1 penalty is on the scales of all the norms, which favours neither.
Not among the tests, for it takes minutes. Needs `prunec` on the PATH or in PRUNEC, and the packages of requirements.txt.
"""

import argparse
import copy
import functools
import importlib.metadata
import platform
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "examples" / "python"), str(ROOT / "examples" / "train_prune_finetune")]

import prunec  # noqa: E402
import torch  # noqa: E402
import torch_pruning  # noqa: E402
from torch import nn  # noqa: E402

from task import EXAMPLE, RULES, Task  # noqa: E402

FEWER = (0.3, 0.5, 0.7, 0.9)
STRENGTH, RATE, FINETUNE_RATE = 3e-3, 0.1, 0.03


def macs_of(model):
    """Of the convolutions and linear layers, for one image, as each layer's own tensors say."""
    total, hooks = 0, []

    def count(module, _, output):
        nonlocal total
        positions = output[0, 0].numel() if isinstance(module, nn.Conv2d) else 1
        total += module.weight.numel() * positions

    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            hooks.append(module.register_forward_hook(count))
    with torch.no_grad():
        model.eval()(EXAMPLE)
    for hook in hooks:
        hook.remove()
    return total


def by_budget(strategy, dense, share):
    """The widths for the cost are prunec's to solve for."""
    return prunec.slice_(copy.deepcopy(dense), prunec.prune(dense, rules=RULES, strategy=strategy, macs=share, example=EXAMPLE))


def mildest(cut_to, dense, share):
    """The model of the least ratio, found by halving, that meets the cost; `cut_to(dense, ratio)` gives a smaller model."""
    low, high, best, goal = 0.0, 1.0, None, share * macs_of(dense)
    while high - low > 0.01:
        middle = (low + high) / 2
        model = cut_to(dense, middle)
        if macs_of(model) <= goal:
            high, best = middle, model
        else:
            low = middle
    return best


def cut_by_ratio(dense, ratio):
    """One threshold for all the channels."""
    return prunec.slice_(copy.deepcopy(dense), prunec.prune(dense, rules=RULES, strategy="all", ratio=ratio, example=EXAMPLE, verify=False))


def cut_by_torch_pruning(dense, ratio):
    """Importance and everything else as they are by default."""
    model = copy.deepcopy(dense)
    pruner = torch_pruning.pruner.BNScalePruner(model, EXAMPLE, importance=torch_pruning.importance.BNScaleImportance(), global_pruning=True,
                                                pruning_ratio=ratio, ignored_layers=[model.fc])
    pruner.step()
    return model


METHODS = {"prunec, budget": functools.partial(by_budget, "all"), "prunec, budget, bounded": functools.partial(by_budget, "budget"),
           "prunec, ratio": functools.partial(mildest, cut_by_ratio), "Torch-Pruning": functools.partial(mildest, cut_by_torch_pruning)}


def measure(seed, epochs, finetune_epochs, images, levels):
    """(method, fewer) -> (macs left, parameters left, accuracy at once, accuracy after fine-tuning), and the accuracy before."""
    task = Task(seed, images)
    dense = task.network()
    scales = [module.weight for module in dense.modules() if isinstance(module, nn.BatchNorm2d)]
    task.fit(dense, epochs, RATE, penalty=lambda: STRENGTH * sum(scale.abs().sum() for scale in scales))
    before, parameters = task.accuracy(dense.eval()), sum(parameter.numel() for parameter in dense.parameters())
    print(f"seed {seed}: {before:.2%} before", flush=True)
    found = {}
    for name, prune in METHODS.items():
        for fewer in levels:
            model = prune(dense, 1 - fewer)
            at_once = task.accuracy(model)
            torch.manual_seed(1000 + seed)
            task.fit(model, finetune_epochs, FINETUNE_RATE)
            found[name, fewer] = (macs_of(model) / macs_of(dense), sum(p.numel() for p in model.parameters()) / parameters, at_once, task.accuracy(model))
            print(f"seed {seed}, {name}, {fewer:.0%} fewer: " + " ".join(f"{value:.4f}" for value in found[name, fewer]), flush=True)
    return before, found


def spread(values):
    return f"{100 * statistics.mean(values):.2f} ({100 * min(values):.2f} to {100 * max(values):.2f})"


def table(results, levels):
    names = list(dict.fromkeys(name for name, _ in results[0][1]))
    yield "| fewer MACs | pruner | MACs left, % | parameters left, % | accuracy after pruning, % | after fine-tuning, % |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for fewer in levels:
        for name in names:
            macs, parameters, at_once, tuned = zip(*(found[name, fewer] for _, found in results))
            yield (f"| {fewer:.0%} | {name} | {100 * statistics.mean(macs):.1f} | {100 * statistics.mean(parameters):.1f} | {spread(at_once)} | "
                   f"{spread(tuned)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--finetune-epochs", type=int, default=6)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "comparison.md")
    parser.add_argument("--short", action="store_true", help="one seed, little data, two costs: whether it runs, not what comes of it")
    arguments = parser.parse_args()
    levels, images = FEWER, None
    if arguments.short:
        arguments.seeds, arguments.epochs, arguments.finetune_epochs, levels, images = 1, 2, 1, (0.5, 0.7), 192
    results = [measure(seed, arguments.epochs, arguments.finetune_epochs, images, levels) for seed in range(arguments.seeds)]
    befores = [before for before, _ in results]
    arguments.output.write_text("\n".join([
        "# prunec beside Torch-Pruning", "",
        f"Written by `compare_pruners.py`: ResNet-14 for 8x8 images on scikit-learn's digits, 450 of them held out, {arguments.seeds} seeds; {arguments.epochs}",
        f"epochs with an L1 penalty of {STRENGTH:g} on all the scales, pruned once, fine-tuned for {arguments.finetune_epochs} epochs without a penalty. Torch "
        f"{torch.__version__.split('+')[0]},",
        f"Torch-Pruning {importlib.metadata.version('torch-pruning')}, {platform.machine()}. Means over the seeds, in brackets the least and the largest. Accuracy before pruning: "
        f"{spread(befores)}.", "",
        "`prunec, budget` is `--macs`, which keeps the greatest sum of scales for the cost; bounded: every layer keeps at least 20 % of its width, by",
        "`keep at least 20%`. `prunec, ratio` is one threshold for all scales; it and Torch-Pruning get the least ratio that meets the cost.", "",
        *table(results, levels), ""]))


if __name__ == "__main__":
    main()

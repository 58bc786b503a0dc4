# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The task that all of this folder works on: a residual network and scikit-learn's handwritten digits, both from the quickstart."""

import random
import sys
from pathlib import Path

import numpy
import torch
from torch import nn

QUICKSTART = Path(__file__).resolve().parent.parent / "quickstart"
sys.path.insert(0, str(QUICKSTART))
import digits  # noqa: E402
from network import DigitsResNet  # noqa: E402

RULES = QUICKSTART / "digits_resnet.prune"
EXAMPLE = torch.zeros(1, 1, 8, 8)
BATCH = 64


class Task:
    """Data, network and training, all of it repeatable by the seed."""

    def __init__(self, seed=0, images=None):
        random.seed(seed)
        numpy.random.seed(seed)
        torch.manual_seed(seed)
        torch.set_num_threads(1)  # sums in one order
        train_images, train_labels, self.test_images, self.test_labels = digits.load()
        self.images, self.labels = train_images[:images], train_labels[:images]

    def network(self):
        return DigitsResNet(blocks=2)

    def accuracy(self, model):
        return digits.accuracy(model, self.test_images, self.test_labels)

    def fit(self, model, epochs, rate=0.1, optimizer=None, penalty=None, loss_of=None):
        """Trains for some epochs with a learning rate that falls to nothing.

        optimizer: one to go on with, else a fresh SGD.
        penalty: a function that gives a term for the loss, such as the L1 norm of the scales.
        loss_of: a function of (images, labels, outputs) in place of the cross entropy.
        """
        optimizer = optimizer or sgd(model, rate)
        loss_of = loss_of or (lambda images, labels, outputs: nn.functional.cross_entropy(outputs, labels))
        steps = epochs * -(-len(self.images) // BATCH)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=max(steps, 2), pct_start=0.15)
        for _ in range(epochs):
            model.train()
            for batch in torch.randperm(len(self.images)).split(BATCH):
                images, labels = shifted(self.images[batch]), self.labels[batch]
                loss = loss_of(images, labels, model(images))
                optimizer.zero_grad()
                (loss if penalty is None else loss + penalty()).backward()
                optimizer.step()
                schedule.step()
        return optimizer


def sgd(model, rate):
    """The scales have no weight decay: what makes them small is to be the penalty alone."""
    scales = [module.weight for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    rest = [parameter for parameter in model.parameters() if all(parameter is not scale for scale in scales)]
    return torch.optim.SGD([{"params": scales, "weight_decay": 0}, {"params": rest, "weight_decay": 5e-4}], lr=rate, momentum=0.9, nesterov=True)


def shifted(images):
    """Each image moved by at most one pixel, so that the small training set goes further."""
    padded = nn.functional.pad(images, (1, 1, 1, 1))
    offsets = torch.randint(0, 3, (len(images), 2)).tolist()
    return torch.stack([image[:, y:y + 8, x:x + 8] for image, (y, x) in zip(padded, offsets)])

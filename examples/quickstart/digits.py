# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""scikit-learn's handwritten digits: 1797 grey images of 8x8, a quarter of them held out for testing."""

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def load():
    """Returns (training images, their labels, held-out images, their labels)."""
    images, labels = load_digits(return_X_y=True)
    parts = train_test_split(images / 16, labels, test_size=0.25, random_state=0, stratify=labels)
    train_images, test_images = (torch.tensor(part, dtype=torch.float32).view(-1, 1, 8, 8) for part in parts[:2])
    return train_images, torch.tensor(parts[2]), test_images, torch.tensor(parts[3])


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        return (model(images).argmax(1) == labels).float().mean().item()

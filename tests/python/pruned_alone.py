# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""python3 pruned_alone.py MODEL INPUTS RESULTS [--train]: uses a pruned model in a process that knows nothing of where it came from.

Loads the model with torch.jit.load alone, runs it on the tensors in INPUTS and writes RESULTS: its state, its outputs, and with
--train the losses and gradients of a few steps of training.
"""

import sys

import torch


def train(model, images, steps=4):
    """A few steps on one batch, in train mode. Returns the losses and for each parameter whether a gradient reached it."""
    model.train()
    torch.manual_seed(0)
    parameters = dict(model.named_parameters())
    optimizer = torch.optim.SGD(parameters.values(), lr=1e-3)
    labels = torch.arange(len(images))
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        reached = {name: parameter.grad is not None and bool(parameter.grad.isfinite().all()) and bool(parameter.grad.abs().max() > 0)
                   for name, parameter in parameters.items()}
        optimizer.step()
        losses.append(loss.item())
    return losses, reached


def main(model_path, inputs_path, results_path, *options):
    torch.set_num_threads(1)
    model = torch.jit.load(model_path)
    state = {key: tensor.clone() for key, tensor in model.state_dict().items()}
    inputs = torch.load(inputs_path)
    with torch.no_grad():
        outputs = [model(given) for given in inputs]
    results = {"state": state, "outputs": outputs, "trainable": [name for name, parameter in model.named_parameters() if parameter.requires_grad]}
    if "--train" in options:
        results["losses"], results["gradients"] = train(model, torch.cat([inputs[-1]] * 2)[:4])
    foreign = {name.partition(".")[0] for name in sys.modules} & {"torchvision", "timm", "models"}
    assert not foreign, f"not alone: {foreign}"
    torch.save(results, results_path)


if __name__ == "__main__":
    main(*sys.argv[1:])

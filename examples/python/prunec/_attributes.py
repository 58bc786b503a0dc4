# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The numbers that torch's layers tell of themselves, as their tensors say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from torch import Tensor, nn
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd


def described_widths(module: nn.Module) -> Iterator[tuple[str, Any]]:
    """(attribute, value) for each width that the layer's kind has. A layer of another kind has none. `groups` is read, never told: a weight's
    shape does not say it."""
    weight = getattr(module, "weight", None)
    shape = tuple(weight.shape) if isinstance(weight, Tensor) else ()
    if isinstance(module, _ConvTransposeNd):
        yield from (("in_channels", shape[0]), ("out_channels", shape[1] * module.groups))
    elif isinstance(module, _ConvNd):
        yield from (("out_channels", shape[0]), ("in_channels", shape[1] * module.groups))
    elif isinstance(module, nn.Linear):
        yield from (("out_features", shape[0]), ("in_features", shape[1]))
    elif isinstance(module, _NormBase):
        state = next((tensor for tensor in (module.weight, module.running_mean) if tensor is not None), None)
        if state is not None:
            yield "num_features", state.shape[0]
    elif isinstance(module, (nn.LayerNorm, nn.RMSNorm)):
        yield "normalized_shape", shape
    elif isinstance(module, nn.GroupNorm):
        yield "num_channels", shape[0]
    elif isinstance(module, nn.PReLU):
        yield "num_parameters", shape[0]
    elif isinstance(module, nn.Embedding):
        yield from (("num_embeddings", shape[0]), ("embedding_dim", shape[1]))

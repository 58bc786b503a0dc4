// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// One layer of a trace, ready to be run at other widths.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/model/op_trace.h"

namespace prunec {

/// What a convolution or linear layer was given, without its numbers.
struct LayerRun {
  bool linear = false;
  std::vector<std::int64_t> input, weight;  ///< shapes
  bool bias = false;
  std::vector<std::int64_t> stride, padding, dilation, output_padding;
  bool transposed = false;
  std::int64_t groups = 1;

  bool depthwise() const { return groups > 1 && groups == (transposed ? weight[0] : weight[1] * groups); }
  friend bool operator==(const LayerRun&, const LayerRun&) = default;
};

/// None for an operation that is no convolution or linear layer with a weight of its own.
std::optional<LayerRun> layer_run(const Operation& operation, const OpTrace& trace);

/// The tensors for a run in which the weight's first two axes have these lengths, multiples of what the groups need.
struct LayerTensors {
  at::Tensor input, weight, bias;
  std::int64_t groups = 1;
};
LayerTensors tensors_for(const LayerRun& layer, std::int64_t axis0, std::int64_t axis1, const at::TensorOptions& options);

at::Tensor run_layer(const LayerRun& layer, const LayerTensors& tensors);

}  // namespace prunec

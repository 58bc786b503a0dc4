// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// How long the layers of a model take at several widths, measured on one device. Plain data; `latency_json.h` saves it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/solve/budget/cost_model.h"

namespace prunec {

/// One run of a convolution or linear layer. A layer that the model runs twice is there twice.
struct LayerLatency {
  std::string weight;  ///< state_dict key
  /// Picoseconds over the lengths of the weight's axes, where `outputs` is axis 0 and `inputs` axis 1. Of an axis that no channel lies
  /// on only the full length is measured.
  CostTable table;

  friend bool operator==(const LayerLatency&, const LayerLatency&) = default;
};

struct LatencyTable {
  std::string model_path, model_sha256;
  std::string device;                ///< as LibTorch names it, with the number of threads on a CPU: "cpu, 2 threads"
  std::vector<std::int64_t> input;   ///< shape of the input that the layers were run on
  std::vector<LayerLatency> layers;  ///< in execution order

  friend bool operator==(const LatencyTable&, const LatencyTable&) = default;
};

}  // namespace prunec

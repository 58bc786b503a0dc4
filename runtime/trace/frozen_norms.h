// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/trace/propagation.h"

namespace prunec {

/// Batch norms that a model computes by itself from four plain tensors, as torchvision's FrozenBatchNorm2d does. Their scale and shift
/// carry channels of their own, zero once these are removed; what the model computes with them says whether they reach as far as the
/// channels that the norm scales.
class FrozenNorms {
 public:
  FrozenNorms(const OpTrace& trace, Propagation& propagation);

  /// Called before each operation, so that a norm comes into being where it first runs.
  void reach(const Operation& operation);

 private:
  using Tensors = std::array<ValueId, 4>;  ///< weight, bias, running_mean, running_var

  Propagation& propagation_;
  std::unordered_map<std::string, Tensors> norms_;  ///< by module path
  std::unordered_map<ValueId, std::string> norm_of_value_;
};

}  // namespace prunec

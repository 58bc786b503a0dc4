// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the rules for layers with weights share.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/trace/parameter_key.h"
#include "runtime/trace/propagation.h"

namespace prunec {

/// A weight that is a parameter of the model; none when the run computed it.
std::optional<ValueId> parameter(const Propagation& propagation, const Operation& operation, std::string_view argument);

/// Places `ids` on the bias, where there is one; pins them when the bias is no parameter.
void place_bias(Propagation& propagation, const Operation& operation, const std::vector<ChannelId>& ids);

/// How a weighted layer lies on its tensors.
struct Geometry {
  ValueId weight = 0;
  std::int64_t input_axis = 0;  ///< of the input's and the output's channels
  std::int64_t weight_in = 1;   ///< axis of the weight
  std::int64_t weight_out = 0;
};

/// A layer in which every output reads every input channel.
void dense(Propagation& propagation, const Operation& operation, const Geometry& at);

/// The product of the sizes from axis `first` on.
std::int64_t product(const std::vector<std::int64_t>& shape, std::size_t first);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Linear layers, which make new channels.

#include "runtime/trace/layer_support.h"

namespace prunec {

namespace {

/// The channels lie on another axis than the one that is summed over: each goes through the same weights by itself.
void along_other_axes(Propagation& propagation, const Operation& operation, ValueId weight) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  propagation.place_fixed(weight, 0, operation);
  propagation.place_fixed(weight, 1, operation);
  const auto bias = parameter(propagation, operation, "bias");
  if (bias) propagation.place_fixed(*bias, 0, operation);
  propagation.set(operation.results[0], operation.tensor("bias") ? with_zero(in, false) : in);
}

void linear(Propagation& propagation, const Operation& operation) {
  const auto weight = parameter(propagation, operation, "weight");
  if (!weight) return propagation.pin_inputs(operation, "reaches a linear layer whose weight is computed while the model runs");
  const auto& shape = propagation.value(*operation.tensor("input")).shape;
  const auto last = static_cast<std::int64_t>(shape.size()) - 1;
  propagation.add_cost(propagation.value(*weight).name, product(shape, 1) / shape.back());
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  if (in.defined() && !channel_axes(in).empty() && in.size(last) == 1) return along_other_axes(propagation, operation, *weight);
  dense(propagation, operation, {*weight, last, 1, 0});
}

}  // namespace

void add_weighted_rules(RuleTable& table) {
  table["aten::linear"] = linear;
}

}  // namespace prunec

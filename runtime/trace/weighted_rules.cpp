// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Linear layers, which make new channels, and norms, which keep those that they read.

#include "runtime/trace/layer_support.h"

namespace prunec {

namespace {

void linear(Propagation& propagation, const Operation& operation) {
  const auto weight = parameter(propagation, operation, "weight");
  if (!weight) return propagation.pin_inputs(operation, "reaches a linear layer whose weight is computed while the model runs");
  const auto& shape = propagation.value(*operation.tensor("input")).shape;
  const auto last = static_cast<std::int64_t>(shape.size()) - 1;
  propagation.add_cost(propagation.value(*weight).name, product(shape, 1) / shape.back());
  dense(propagation, operation, {*weight, last, 1, 0});
}

void batch_norm(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  if (!in.defined()) return;
  const std::int64_t width = propagation.value(*operation.tensor("input")).shape[1];
  if (!lies_along(in, 1) || in.size(1) != width) return propagation.pin_inputs(operation, "lies on an axis that the norm does not scale");
  const std::vector<ChannelId> ids = ids_of(in);
  for (const char* argument : {"weight", "bias", "running_mean", "running_var"}) {
    if (const auto tensor = parameter(propagation, operation, argument)) {
      propagation.place(*tensor, 0, ids, operation);
    } else if (operation.tensor(argument)) {
      return propagation.pin_inputs(operation, "reaches a norm whose " + std::string(argument) + " is computed while the model runs");
    }
  }
  const auto scale = parameter(propagation, operation, "weight");
  if (scale) {
    const std::string& key = propagation.value(*scale).name;
    const auto shift = parameter(propagation, operation, "bias");
    propagation.add_norm({owner_of(key), "batch_norm", key, shift ? propagation.value(*shift).name : std::string(), ids});
  }
  propagation.set(operation.results[0], with_zero(in, scale.has_value()));
}

}  // namespace

void add_weighted_rules(RuleTable& table) {
  table["aten::linear"] = linear;
  table["aten::batch_norm"] = batch_norm;
}

}  // namespace prunec

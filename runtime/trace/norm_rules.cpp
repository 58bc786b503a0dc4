// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Norms. One that treats each channel by itself keeps it; one that mixes channels needs all of them.

#include <ATen/ATen.h>

#include "runtime/trace/layer_support.h"

namespace prunec {

namespace {

/// A norm with numbers of its own for every channel.
void norm_of_each(Propagation& propagation, const Operation& operation, const char* kind, bool zero_without_scale) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  if (!in.defined()) return;
  const std::int64_t width = propagation.value(*operation.tensor("input")).shape[1];
  if (!lies_along(in, 1) || in.size(1) != width) return propagation.pin_inputs(operation, "lies on an axis that the norm does not scale");
  const auto scale = parameter(propagation, operation, "weight");
  std::vector<ChannelId> ids = ids_of(in);
  if (scale && propagation.is_concatenation(*operation.tensor("input"))) {
    ids = propagation.read_concatenation(owner_of(propagation.value(*scale).name), ids, operation);
  }
  for (const char* argument : {"weight", "bias", "running_mean", "running_var"}) {
    if (const auto tensor = parameter(propagation, operation, argument)) {
      propagation.place(*tensor, 0, ids, operation);
    } else if (operation.tensor(argument)) {
      return propagation.pin_inputs(operation, "reaches a norm whose " + std::string(argument) + " is computed while the model runs");
    }
  }
  if (scale) {
    const std::string& key = propagation.value(*scale).name;
    const auto shift = parameter(propagation, operation, "bias");
    propagation.add_norm({owner_of(key), kind, key, shift ? propagation.value(*shift).name : std::string(), ids});
  }
  propagation.set(operation.results[0], scale ? make_map(ids, true, 1, in.dim()) : zero_without_scale ? in : with_zero(in, false));
}

void batch_norm(Propagation& propagation, const Operation& operation) {
  norm_of_each(propagation, operation, "batch_norm", false);
}

void instance_norm(Propagation& propagation, const Operation& operation) {
  const bool own_statistics = operation.flag("use_input_stats");  // of zeros they give zeros again
  norm_of_each(propagation, operation, "instance_norm", own_statistics);
}

std::string mixes(const Operation& operation) {
  return "is normalised together with other channels by " + quoted(operation);
}

/// Statistics over the last axes, which the channels may not lie on.
void layer_norm(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  if (!in.defined()) return;
  const auto normalized = static_cast<std::int64_t>(operation.integers("normalized_shape").size());
  for (std::int64_t axis = in.dim() - normalized; axis < in.dim(); ++axis) {
    if (in.size(axis) > 1) return propagation.pin_inputs(operation, mixes(operation));
  }
  propagation.set(operation.results[0], operation.tensor("bias") ? with_zero(in, false) : in);
}

void mixing_norm(Propagation& propagation, const Operation& operation) {
  propagation.pin_inputs(operation, mixes(operation));
}

}  // namespace

void add_norm_rules(RuleTable& table) {
  table["aten::batch_norm"] = batch_norm;
  table["aten::instance_norm"] = instance_norm;
  for (const char* name : {"aten::layer_norm", "aten::rms_norm"}) table[name] = layer_norm;
  for (const char* name : {"aten::group_norm", "aten::native_group_norm", "aten::local_response_norm"}) table[name] = mixing_norm;
}

}  // namespace prunec

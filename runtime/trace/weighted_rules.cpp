// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Layers with weights: they read the channels of their input, make new ones, or (norms, depthwise convolutions) keep them.

#include <algorithm>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

/// `layer1.0.conv1` for `layer1.0.conv1.weight`.
std::string owner_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? std::string() : key.substr(0, dot);
}

/// A weight that is a parameter of the model; none when the run computed it.
std::optional<ValueId> parameter(const Propagation& propagation, const Operation& operation, std::string_view argument) {
  const auto id = operation.tensor(argument);
  return id && !propagation.value(*id).name.empty() ? id : std::nullopt;
}

/// Places `ids` on the bias, where there is one. Returns false, with the ids pinned, when the bias is no parameter.
void place_bias(Propagation& propagation, const Operation& operation, const std::vector<ChannelId>& ids) {
  if (!operation.tensor("bias")) return;
  if (const auto bias = parameter(propagation, operation, "bias")) {
    propagation.place(*bias, 0, ids, operation);
  } else {
    propagation.pin(ids, "has a bias that is computed while the model runs", operation);
  }
}

/// How a weighted layer lies on its tensors.
struct Geometry {
  ValueId weight = 0;
  std::int64_t input_axis = 0;  ///< of the input's and the output's channels
  std::int64_t weight_in = 1;   ///< axis of the weight
  std::int64_t weight_out = 0;
};

/// A layer in which every output reads every input channel.
void dense(Propagation& propagation, const Operation& operation, const Geometry& at) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  const auto& weight = propagation.value(at.weight);
  if (in.defined() && lies_along(in, at.input_axis)) {
    propagation.require_zero(in, operation);
    std::vector<ChannelId> ids = ids_of(in);
    // A map of one entry stands for all positions of the axis: nothing that could be removed, unless the axis has just that one.
    if (static_cast<std::int64_t>(ids.size()) == weight.shape[static_cast<std::size_t>(at.weight_in)]) {
      propagation.place(at.weight, at.weight_in, ids, operation);
    } else {
      propagation.pin(in, "is repeated over several inputs of " + quoted(operation), operation);
    }
  } else if (in.defined()) {
    propagation.pin(in, "lies on an axis that " + quoted(operation) + " does not sum over", operation);
  }
  const ValueId result = operation.results[0];
  const auto out = propagation.new_channels(weight.shape[static_cast<std::size_t>(at.weight_out)]);
  propagation.place(at.weight, at.weight_out, out, operation);
  place_bias(propagation, operation, out);
  const auto rank = static_cast<std::int64_t>(propagation.value(result).shape.size());
  propagation.set(result, make_map(out, false, at.input_axis, rank));
}

/// One group per input channel: the channels go on, each to its `multiplier` outputs.
void depthwise(Propagation& propagation, const Operation& operation, const Geometry& at) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  const auto& weight = propagation.value(at.weight);
  const std::vector<ChannelId> ids = ids_of(in);
  const std::vector<bool> zeros = zeros_of(in);
  const std::int64_t outputs = weight.shape[0];
  const std::size_t multiplier = static_cast<std::size_t>(outputs) / ids.size();
  const auto out = propagation.new_channels(outputs);
  std::vector<ChannelId> sources;
  for (const ChannelId id : ids) sources.insert(sources.end(), multiplier, id);
  propagation.couple(sources, out, "the depthwise convolution", operation);
  propagation.place(at.weight, 0, out, operation);
  place_bias(propagation, operation, out);
  propagation.add_depthwise({owner_of(weight.name), ids});
  const bool stays_zero = !operation.tensor("bias") && std::find(zeros.begin(), zeros.end(), false) == zeros.end();
  const auto rank = static_cast<std::int64_t>(propagation.value(operation.results[0]).shape.size());
  propagation.set(operation.results[0], make_map(out, stays_zero, at.input_axis, rank));
}

/// The outputs of a layer whose structure is not followed: new channels that stay.
void pinned_outputs(Propagation& propagation, const Operation& operation, const Geometry& at, const std::string& reason) {
  propagation.pin_inputs(operation, reason);
  const auto& shape = propagation.value(operation.results[0]).shape;
  const auto out = propagation.new_channels(shape[static_cast<std::size_t>(at.input_axis)]);
  propagation.pin(out, reason, operation);
  propagation.set(operation.results[0], make_map(out, false, at.input_axis, static_cast<std::int64_t>(shape.size())));
}

std::int64_t product(const std::vector<std::int64_t>& shape, std::size_t first) {
  std::int64_t result = 1;
  for (std::size_t i = first; i < shape.size(); ++i) result *= shape[i];
  return result;
}

void convolution(Propagation& propagation, const Operation& operation) {
  const auto weight = parameter(propagation, operation, "weight");
  if (!weight) return propagation.pin_inputs(operation, "reaches a convolution whose weight is computed while the model runs");
  const auto& input_shape = propagation.value(*operation.tensor("input")).shape;
  const auto& weight_shape = propagation.value(*weight).shape;
  const bool batched = input_shape.size() == weight_shape.size();
  const bool transposed = operation.flag("transposed") || operation.name.find("transpose") != std::string::npos;
  Geometry at{*weight, batched ? 1 : 0, 1, 0};
  if (transposed) std::swap(at.weight_in, at.weight_out);

  const std::int64_t groups = operation.integer("groups").value_or(1);
  const auto axis = static_cast<std::size_t>(at.input_axis);
  const std::int64_t inputs = input_shape[axis];
  const auto& output_shape = propagation.value(operation.results[0]).shape;
  propagation.add_cost(propagation.value(*weight).name, product(transposed ? input_shape : output_shape, axis + 1));

  if (groups == 1) return dense(propagation, operation, at);
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  const bool is_list = in.defined() && lies_along(in, at.input_axis) && in.numel() == inputs;
  if (groups == inputs && !transposed && is_list) return depthwise(propagation, operation, at);
  pinned_outputs(propagation, operation, at,
                 "is read or made by a convolution of " + std::to_string(groups) + " groups, which prunec keeps whole");
}

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
  for (const char* name : {"aten::conv1d", "aten::conv2d", "aten::conv3d", "aten::convolution", "aten::_convolution",
                           "aten::conv_transpose1d", "aten::conv_transpose2d", "aten::conv_transpose3d"}) {
    table[name] = convolution;
  }
  table["aten::linear"] = linear;
  table["aten::batch_norm"] = batch_norm;
}

}  // namespace prunec

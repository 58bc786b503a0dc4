// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Convolutions, plain, depthwise and in groups, forward and transposed, over any number of axes.

#include <algorithm>

#include "runtime/trace/layer_support.h"

namespace prunec {

namespace {

void set_output(Propagation& propagation, const Operation& operation, const std::vector<ChannelId>& ids, bool zero, std::int64_t axis) {
  const auto rank = static_cast<std::int64_t>(propagation.value(operation.results[0]).shape.size());
  propagation.set(operation.results[0], make_map(ids, zero, axis, rank));
}

std::int64_t output_width(const Propagation& propagation, const Operation& operation, const Geometry& at) {
  return propagation.value(operation.results[0]).shape[static_cast<std::size_t>(at.input_axis)];
}

/// One group per input channel: the channels go on, each to its `multiplier` outputs.
void depthwise(Propagation& propagation, const Operation& operation, const Geometry& at) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  const std::vector<ChannelId> ids = ids_of(in);
  const std::vector<bool> zeros = zeros_of(in);
  const auto out = propagation.new_channels(output_width(propagation, operation, at));
  const std::size_t multiplier = out.size() / ids.size();
  std::vector<ChannelId> sources;
  for (const ChannelId id : ids) sources.insert(sources.end(), multiplier, id);
  propagation.couple(sources, out, "the depthwise convolution", operation);
  // The other axis of the weight spans the inputs or the outputs of one group, which go with it.
  propagation.place(at.weight, 0, at.weight_out == 0 ? out : ids, operation);
  place_bias(propagation, operation, out);
  propagation.add_depthwise({owner_of(propagation.value(at.weight).name), ids});
  const bool stays_zero = !operation.tensor("bias") && std::find(zeros.begin(), zeros.end(), false) == zeros.end();
  set_output(propagation, operation, out, stays_zero, at.input_axis);
}

/// Each group sums over its own inputs.
void grouped(Propagation& propagation, const Operation& operation, const Geometry& at, std::int64_t groups) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  const std::vector<ChannelId> ids = ids_of(in);
  propagation.require_zero(in, operation);
  const auto out = propagation.new_channels(output_width(propagation, operation, at));
  propagation.place(at.weight, 0, at.weight_out == 0 ? out : ids, operation);
  place_bias(propagation, operation, out);
  const std::string& weight = propagation.value(at.weight).name;
  propagation.add_grouped({owner_of(weight), weight, groups, ids, out, at.weight_out != 0}, operation);
  set_output(propagation, operation, out, false, at.input_axis);
}

/// What a convolution in groups reads cannot change; so neither can what it makes.
void grouped_on_fixed_inputs(Propagation& propagation, const Operation& operation, const Geometry& at) {
  const std::string reason = "is read or made by a convolution in groups, some of whose inputs are no channels that could go";
  propagation.pin_inputs(operation, reason);
  const auto out = propagation.new_channels(output_width(propagation, operation, at));
  propagation.pin(out, reason, operation);
  set_output(propagation, operation, out, false, at.input_axis);
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
  if (!in.defined() || !lies_along(in, at.input_axis) || in.numel() != inputs || in.lt(0).any().item<bool>()) {
    return grouped_on_fixed_inputs(propagation, operation, at);
  }
  groups == inputs ? depthwise(propagation, operation, at) : grouped(propagation, operation, at, groups);
}

}  // namespace

void add_convolution_rules(RuleTable& table) {
  for (const char* name : {"aten::conv1d", "aten::conv2d", "aten::conv3d", "aten::convolution", "aten::_convolution",
                           "aten::conv_transpose1d", "aten::conv_transpose2d", "aten::conv_transpose3d"}) {
    table[name] = convolution;
  }
}

}  // namespace prunec

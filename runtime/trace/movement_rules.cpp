// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that move data without changing it. The channel map is moved by the same operation.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

ValueId input_of(const Operation& operation) {
  return operation.tensors().front();
}

/// A width that stands in the model's text stays when channels go. Returns it when it does for an axis that carries channels.
std::optional<std::int64_t> fixed_width(const Operation& operation, const ChannelMap& moved) {
  const ArgumentValue* value = operation.find(operation.find("shape") ? "shape" : "size");
  const auto* sizes = value ? std::get_if<std::vector<Integer>>(value) : nullptr;
  if (!sizes) return std::nullopt;
  for (const std::int64_t axis : channel_axes(moved)) {
    const Integer& size = (*sizes)[static_cast<std::size_t>(axis)];
    if (size.literal && size.value >= 0) return size.value;
  }
  return std::nullopt;
}

/// view, reshape, flatten: the channels may be spread over the axes behind them, not taken apart.
void reshape(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const auto& shape = propagation.value(operation.results[0]).shape;
  const ChannelMap moved = compressed(expanded(in, propagation.value(input_of(operation)).shape).reshape(shape));
  if (channel_axes(moved).size() > channel_axes(in).size()) {
    return propagation.pin_inputs(operation, "is taken apart into several axes by " + quoted(operation) + ", which prunec keeps whole");
  }
  if (const auto width = fixed_width(operation, moved)) {
    return propagation.pin_inputs(operation,
                                  "has its width of " + std::to_string(*width) + " written into the model by " + quoted(operation));
  }
  propagation.set(operation.results[0], moved);
}

void permute(Propagation& propagation, const Operation& operation) {
  propagation.set(operation.results[0], propagation.map(input_of(operation)).permute(operation.integers("dims")));
}

void transpose(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  propagation.set(operation.results[0], in.transpose(operation.integer("dim0").value_or(0), operation.integer("dim1").value_or(0)));
}

void unsqueeze(Propagation& propagation, const Operation& operation) {
  propagation.set(operation.results[0], propagation.map(input_of(operation)).unsqueeze(*operation.integer("dim")));
}

void squeeze(Propagation& propagation, const Operation& operation) {
  const ValueId input = input_of(operation);
  const auto& shape = propagation.value(input).shape;
  const auto rank = static_cast<std::int64_t>(shape.size());
  std::vector<std::int64_t> axes = operation.integers("dim");
  if (!operation.find("dim")) {
    for (std::int64_t axis = 0; axis < rank; ++axis) axes.push_back(axis);
  }
  ChannelMap map = propagation.map(input);
  std::vector<std::int64_t> kept;
  for (std::int64_t axis = 0; axis < rank; ++axis) {
    const bool named = std::any_of(axes.begin(), axes.end(), [&](std::int64_t a) { return wrap(a, rank) == axis; });
    if (!named || shape[static_cast<std::size_t>(axis)] != 1) kept.push_back(map.size(axis));
  }
  propagation.set(operation.results[0], map.reshape(kept));
}

/// Concatenation along the channels puts them side by side; along another axis it makes the channels of all parts equal.
void concatenate(Propagation& propagation, const Operation& operation) {
  const std::vector<ValueId> parts = operation.tensors();
  const auto rank = static_cast<std::int64_t>(propagation.value(operation.results[0]).shape.size());
  const std::int64_t axis = wrap(operation.integer("dim").value_or(0), rank);
  std::vector<std::int64_t> widest(static_cast<std::size_t>(rank), 1);
  for (const ValueId part : parts) {
    const ChannelMap& map = propagation.map(part);
    for (std::int64_t d = 0; map.defined() && d < rank; ++d)
      widest[static_cast<std::size_t>(d)] = std::max(widest[static_cast<std::size_t>(d)], map.size(d));
  }
  const bool along_channels = widest[static_cast<std::size_t>(axis)] > 1 || channel_axes(at::empty(widest, at::kLong)).empty();
  std::vector<at::Tensor> maps;
  for (const ValueId part : parts) {
    std::vector<std::int64_t> shape = widest;
    shape[static_cast<std::size_t>(axis)] = along_channels ? propagation.value(part).shape[static_cast<std::size_t>(axis)] : 1;
    const ChannelMap& map = propagation.map(part);
    maps.push_back(map.defined() ? map.expand(shape) : at::full(shape, -1, at::kLong));
  }
  if (along_channels) return propagation.set(operation.results[0], at::cat(maps, axis));
  ChannelMap result = maps[0];
  for (std::size_t i = 1; i < maps.size(); ++i) {
    propagation.couple(ids_of(maps[0]), ids_of(maps[i]), "concatenated along another axis by " + quoted(operation), operation);
    result = at::where(maps[0] % 2 == maps[i] % 2, result, with_zero(result, false));
  }
  propagation.set(operation.results[0], result);
}

/// Taking a part along an axis without channels leaves them as they are.
void take_part(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = wrap(operation.integer("dim").value_or(0), in.dim());
  if (in.size(axis) > 1) {
    return propagation.pin_inputs(operation, "is split along the channels by " + quoted(operation) + ", which prunec keeps whole");
  }
  for (const ValueId result : operation.results) {
    const bool drops_axis = propagation.value(result).shape.size() < static_cast<std::size_t>(in.dim());
    propagation.set(result, drops_axis ? in.squeeze(axis) : in);
  }
}

void expand(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  if (!in.defined()) return;  // `expand_as` reads only the form of a tensor with channels
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  std::vector<std::int64_t> shape(rank - static_cast<std::size_t>(in.dim()), 1);
  shape.insert(shape.end(), in.sizes().begin(), in.sizes().end());
  const ChannelMap moved = in.reshape(shape);
  if (const auto width = fixed_width(operation, moved)) {
    return propagation.pin_inputs(operation,
                                  "has its width of " + std::to_string(*width) + " written into the model by " + quoted(operation));
  }
  propagation.set(operation.results[0], moved);
}

}  // namespace

void add_movement_rules(RuleTable& table) {
  for (const char* name : {"aten::view", "aten::reshape", "aten::flatten", "aten::_unsafe_view"}) table[name] = reshape;
  table["aten::permute"] = permute;
  table["aten::transpose"] = transpose;
  table["aten::unsqueeze"] = unsqueeze;
  table["aten::squeeze"] = squeeze;
  for (const char* name : {"aten::expand", "aten::expand_as"}) table[name] = expand;
  for (const char* name : {"aten::cat", "aten::concat", "aten::concatenate"}) table[name] = concatenate;
  for (const char* name : {"aten::chunk", "aten::split", "aten::split_with_sizes", "aten::slice", "aten::narrow", "aten::select",
                           "aten::unbind", "aten::index_select"}) {
    table[name] = take_part;
  }
}

}  // namespace prunec

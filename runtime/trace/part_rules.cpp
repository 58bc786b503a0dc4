// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that put tensors side by side, or take parts of them.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

ValueId input_of(const Operation& operation) {
  return operation.tensors().front();
}

std::int64_t axis_of(const Operation& operation, std::int64_t rank) {
  return wrap(operation.integer("dim").value_or(0), rank);
}

std::int64_t extent(const TensorValue& value, std::int64_t axis) {
  return value.shape[static_cast<std::size_t>(axis)];
}

/// Parts of a tensor; undefined maps for those without channels.
struct Parts {
  std::vector<ChannelMap> maps;
  std::vector<std::int64_t> widths;  ///< of each along the axis on which they are put side by side
};

/// Concatenation along the channels puts them side by side; along another axis it makes the channels of all parts equal.
void put_together(Propagation& propagation, const Operation& operation, const Parts& parts) {
  const auto rank = static_cast<std::int64_t>(propagation.value(operation.results[0]).shape.size());
  const std::int64_t axis = axis_of(operation, rank);
  std::vector<std::int64_t> widest(static_cast<std::size_t>(rank), 1);
  for (const ChannelMap& map : parts.maps) {
    for (std::int64_t d = 0; map.defined() && d < rank; ++d)
      widest[static_cast<std::size_t>(d)] = std::max(widest[static_cast<std::size_t>(d)], map.size(d));
  }
  const bool along_channels = widest[static_cast<std::size_t>(axis)] > 1 || channel_axes(at::empty(widest, at::kLong)).empty();
  std::vector<at::Tensor> maps;
  for (std::size_t i = 0; i < parts.maps.size(); ++i) {
    std::vector<std::int64_t> shape = widest;
    shape[static_cast<std::size_t>(axis)] = along_channels ? parts.widths[i] : 1;
    const ChannelMap& map = parts.maps[i];
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

void concatenate(Propagation& propagation, const Operation& operation) {
  Parts parts;
  for (const ValueId part : operation.tensors()) {
    const TensorValue& value = propagation.value(part);
    if (value.shape == std::vector<std::int64_t>{0}) continue;  // `cat` passes over an empty list of numbers
    parts.maps.push_back(propagation.map(part));
    parts.widths.push_back(extent(value, axis_of(operation, static_cast<std::int64_t>(value.shape.size()))));
  }
  put_together(propagation, operation, parts);
}

/// Tensors side by side along an axis of their own.
void stack(Propagation& propagation, const Operation& operation) {
  const auto rank = static_cast<std::int64_t>(propagation.value(operation.results[0]).shape.size());
  const std::int64_t axis = axis_of(operation, rank);
  Parts parts;
  for (const ValueId part : operation.tensors()) {
    const ChannelMap& map = propagation.map(part);
    parts.maps.push_back(map.defined() ? map.unsqueeze(axis) : map);
    parts.widths.push_back(1);
  }
  put_together(propagation, operation, parts);
}

/// chunk, split and their kin.
void split(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = axis_of(operation, in.dim());
  if (in.size(axis) == 1) {
    for (const ValueId result : operation.results) propagation.set(result, in);
    return;
  }
  const std::vector<ChannelId> ids = propagation.along(in, axis, operation);
  WidthSplit widths{operation.place, operation.name, operation.integer("chunks").value_or(0), {}};
  std::int64_t start = 0;
  for (const ValueId result : operation.results) {
    const std::int64_t width = extent(propagation.value(result), axis);
    propagation.set(result, in.narrow(axis, start, width));
    widths.parts.emplace_back(ids.begin() + start, ids.begin() + start + width);
    start += width;
  }
  propagation.add_split(std::move(widths));
}

/// The parts of the operation's input from `start` on along an axis with channels; their numbers in the code follow.
void take_range(Propagation& propagation, const Operation& operation, std::int64_t axis, std::int64_t start) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t width = extent(propagation.value(operation.results[0]), axis);
  const std::vector<ChannelId> ids = propagation.along(in, axis, operation);
  const auto from = ids.begin() + start;
  const auto add = [&](const char* argument, std::vector<ChannelId> counted, bool from_end = false) {
    const auto* number = std::get_if<Integer>(operation.find(argument));
    const bool computed = number != nullptr && !number->literal;
    propagation.add_width(operation, argument, -1, std::move(counted), from_end, computed ? ids : std::vector<ChannelId>());
  };
  if (operation.integer("start").value_or(0) < 0) {
    add("start", {from, ids.end()}, true);
  } else if (start > 0) {
    add("start", {ids.begin(), from});
  }
  if (operation.find("length")) {
    add("length", {from, from + width});
  } else if (operation.integer("end").value_or(0) < 0) {
    add("end", {from + width, ids.end()}, true);
  } else if (start + width < in.size(axis)) {
    add("end", {ids.begin(), from + width});
  }
  propagation.set(operation.results[0], in.narrow(axis, start, width));
}

std::string taken_apart_by(const Operation& operation) {
  return "is picked out by its number by " + quoted(operation) + ", which prunec keeps as it is";
}

/// slice and narrow.
void slice(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = axis_of(operation, in.dim());
  if (in.size(axis) == 1) return propagation.set(operation.results[0], in);
  const bool from_tensor = operation.tensor("start").has_value();
  if (operation.integer("step").value_or(1) != 1 || from_tensor) return propagation.pin_inputs(operation, taken_apart_by(operation));
  const std::int64_t start = std::clamp<std::int64_t>(wrap(operation.integer("start").value_or(0), in.size(axis)), 0, in.size(axis));
  take_range(propagation, operation, axis, start);
}

void drop_axis(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = axis_of(operation, in.dim());
  if (in.size(axis) > 1) return propagation.pin_inputs(operation, taken_apart_by(operation));
  for (const ValueId result : operation.results) propagation.set(result, in.squeeze(axis));
}

void index_select(Propagation& propagation, const Operation& operation) {
  const ChannelMap in = propagation.map(input_of(operation));
  const std::int64_t axis = axis_of(operation, in.dim());
  if (in.size(axis) == 1) return propagation.set(operation.results[0], in);
  propagation.pin_inputs(operation, taken_apart_by(operation));
  if (!propagation.is_concatenation(input_of(operation)) || !lies_along(in, axis)) return;
  // All that it reads stays, so what comes of it is nobody's channels. A norm behind it may select from them again.
  const auto width = static_cast<std::size_t>(propagation.value(operation.results[0]).shape[static_cast<std::size_t>(axis)]);
  propagation.set(operation.results[0], make_map(std::vector<ChannelId>(width, kNoChannel), false, axis, in.dim()));
}

}  // namespace

void add_part_rules(RuleTable& table) {
  for (const char* name : {"aten::cat", "aten::concat", "aten::concatenate"}) table[name] = concatenate;
  table["aten::stack"] = stack;
  for (const char* name : {"aten::chunk", "aten::unsafe_chunk", "aten::split", "aten::unsafe_split", "aten::split_with_sizes",
                           "aten::unsafe_split_with_sizes", "aten::tensor_split"}) {
    table[name] = split;
  }
  for (const char* name : {"aten::slice", "aten::narrow"}) table[name] = slice;
  for (const char* name : {"aten::select", "aten::unbind"}) table[name] = drop_axis;
  table["aten::index_select"] = index_select;
}

}  // namespace prunec

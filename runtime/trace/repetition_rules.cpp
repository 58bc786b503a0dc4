// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that repeat a tensor, turn it round, or exchange channels for positions.

#include <ATen/ATen.h>
#include <algorithm>
#include <cstdlib>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

ValueId input_of(const Operation& operation) {
  return operation.tensors().front();
}

/// Axes along which nothing changes stay so, however often they are repeated.
void repeat(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  std::vector<std::int64_t> times = operation.integers(operation.find("repeats") ? "repeats" : "dims");
  std::vector<std::int64_t> shape = in.sizes().vec();
  if (shape.size() < times.size()) shape.insert(shape.begin(), times.size() - shape.size(), 1);
  if (times.size() < shape.size()) times.insert(times.begin(), shape.size() - times.size(), 1);
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (shape[axis] == 1) times[axis] = 1;
  }
  propagation.set(operation.results[0], in.reshape(shape).repeat(times));
}

void repeat_each(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const auto times = operation.integer("repeats");
  const auto dim = operation.integer("dim");
  if (!times || !dim) return propagation.pin_inputs(operation, "is repeated by " + quoted(operation) + ", which prunec cannot follow here");
  propagation.set(operation.results[0], in.size(*dim) == 1 ? in : in.repeat_interleave(*times, *dim));
}

void roll(Propagation& propagation, const Operation& operation) {
  ChannelMap map = propagation.map(input_of(operation));
  const std::vector<std::int64_t> shifts = operation.integers("shifts");
  const std::vector<std::int64_t> axes = operation.integers("dims");
  if (axes.size() != shifts.size()) return propagation.pin_inputs(operation, "is turned round by " + quoted(operation) + " over all axes");
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::int64_t width = map.size(axes[i]);
    if (width == 1) continue;
    if (std::abs(shifts[i]) > width) return propagation.pin_inputs(operation, "is turned round more than once by " + quoted(operation));
    // As many as are carried over the end, or over the beginning.
    const std::vector<ChannelId> ids = propagation.along(map, wrap(axes[i], map.dim()), operation);
    const bool back = shifts[i] < 0;
    const std::int64_t element = operation.integer("shifts") ? -1 : static_cast<std::int64_t>(i);
    propagation.add_width(
        operation, "shifts", element,
        back ? std::vector<ChannelId>(ids.begin(), ids.begin() - shifts[i]) : std::vector<ChannelId>(ids.end() - shifts[i], ids.end()),
        back);
    map = map.roll(shifts[i], axes[i]);
  }
  propagation.set(operation.results[0], map);
}

/// What becomes one channel by a shuffle of pixels goes together.
void pixel_shuffle(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = in.dim() - 3;
  if (in.size(axis) == 1) return propagation.set(operation.results[0], in);
  const std::int64_t factor = operation.integer("upscale_factor").value_or(1);
  const ChannelMap flat = in.flatten();
  if (!lies_along(in, axis)) return propagation.pin_inputs(operation, "lies on an axis that " + quoted(operation) + " takes apart");
  const ChannelMap blocks = flat.reshape({-1, factor * factor});
  const ChannelMap first = blocks.select(1, 0);
  for (std::int64_t i = 1; i < blocks.size(1); ++i) {
    propagation.couple(ids_of(first), ids_of(blocks.select(1, i)), "put into one channel by " + quoted(operation), operation);
  }
  const bool zero = (blocks % 2 != 0).all().item<bool>();
  std::vector<std::int64_t> shape(static_cast<std::size_t>(in.dim()), 1);
  shape[static_cast<std::size_t>(axis)] = first.numel();
  propagation.set(operation.results[0], with_zero(first, zero).reshape(shape));
}

void pixel_unshuffle(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = in.dim() - 3;
  const std::int64_t factor = operation.integer("downscale_factor").value_or(1);
  if (!lies_along(in, axis)) return propagation.pin_inputs(operation, "lies on an axis that " + quoted(operation) + " takes apart");
  propagation.set(operation.results[0], in.size(axis) == 1 ? in : in.repeat_interleave(factor * factor, axis));
}

}  // namespace

void add_repetition_rules(RuleTable& table) {
  for (const char* name : {"aten::repeat", "aten::tile"}) table[name] = repeat;
  table["aten::repeat_interleave"] = repeat_each;
  table["aten::roll"] = roll;
  table["aten::pixel_shuffle"] = pixel_shuffle;
  table["aten::pixel_unshuffle"] = pixel_unshuffle;
}

}  // namespace prunec

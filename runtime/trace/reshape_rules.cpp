// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that give a tensor another shape. The channels may be spread over positions, put together, or taken apart into blocks.

#include <ATen/ATen.h>
#include <algorithm>
#include <optional>

#include "runtime/trace/propagation.h"
#include "runtime/trace/selections.h"

namespace prunec {

namespace {

ValueId input_of(const Operation& operation) {
  return operation.tensors().front();
}

/// The sizes that the operation is given, by axis of its result; none where it has no list of them.
struct Sizes {
  std::string argument;
  std::int64_t first = 0;  ///< the axis of the first size
  const std::vector<Integer>* list = nullptr;

  /// A width that stands in the model's text stays when channels go; one that is computed, or -1, follows them.
  bool written(std::int64_t axis) const {
    const std::int64_t at = axis - first;
    if (!list || at < 0 || at >= static_cast<std::int64_t>(list->size())) return false;
    const Integer& size = (*list)[static_cast<std::size_t>(at)];
    return size.literal && size.value >= 0;
  }
};

Sizes sizes_of(const Propagation& propagation, const Operation& operation) {
  Sizes sizes;
  for (const char* name : {"size", "shape", "sizes"}) {
    if (operation.find(name)) sizes.argument = name;
  }
  const ArgumentValue* value = operation.find(sizes.argument);
  sizes.list = value ? std::get_if<std::vector<Integer>>(value) : nullptr;
  if (const auto axis = operation.integer("dim"); axis && sizes.list) {  // unflatten
    sizes.first = wrap(*axis, static_cast<std::int64_t>(propagation.value(input_of(operation)).shape.size()));
  }
  return sizes;
}

/// Notes the widths that would have to be written anew.
void note_widths(Propagation& propagation, const Operation& operation, const ChannelMap& map) {
  const Sizes sizes = sizes_of(propagation, operation);
  for (const std::int64_t axis : channel_axes(map)) {
    if (sizes.written(axis)) propagation.add_width(operation, sizes.argument, axis - sizes.first, propagation.along(map, axis, operation));
  }
}

/// The axis of the blocks whose width is to follow the channels: the one that the code does not fix, else the last.
std::int64_t shrinking_axis(const Propagation& propagation, const Operation& operation, const std::vector<std::int64_t>& axes) {
  const Sizes sizes = sizes_of(propagation, operation);
  std::vector<std::int64_t> free;
  std::copy_if(axes.begin(), axes.end(), std::back_inserter(free), [&](std::int64_t axis) { return !sizes.written(axis); });
  return free.size() == 1 ? free.front() : axes.back();
}

/// One block for all: `axis` keeps its channels, which are zero where those of every block are.
ChannelMap one_block(const ChannelMap& map, std::int64_t axis) {
  const ChannelMap rows = map.transpose(0, axis).reshape({map.size(axis), -1});
  const ChannelMap all_zero = (rows % 2 != 0).all(1);  // -1 counts as zero: nothing goes there
  const ChannelMap first = rows.select(1, 0);
  std::vector<std::int64_t> shape(static_cast<std::size_t>(map.dim()), 1);
  shape[static_cast<std::size_t>(axis)] = map.size(axis);
  return at::where(all_zero, with_zero(first, true), with_zero(first, false)).reshape(shape);
}

/// Channels of one axis that come to lie on several: what is at the same place in every block has to go together.
void take_apart(Propagation& propagation, const Operation& operation, const ChannelMap& moved) {
  const ValueId input = input_of(operation);
  const ChannelMap& in = propagation.map(input);
  const auto axes = channel_axes(moved);
  const auto before = channel_axes(in);
  if (before.size() != 1) {
    return propagation.pin_inputs(operation, "is taken apart into several axes by " + quoted(operation) + ", which prunec keeps whole");
  }
  const std::int64_t axis = shrinking_axis(propagation, operation, axes);
  const ChannelMap block = one_block(moved, axis);
  const auto width = in.size(before[0]);
  const bool all_channels = !in.lt(0).any().item<bool>();
  const bool shuffles = all_channels && axes.size() == 2 && axis == axes.back() && moved.numel() == width;
  if (shuffles) {
    const Shuffle shuffle{operation.place, {}, operation.module_path, moved.size(axes[0]), before[0], ids_of(in), {}};
    propagation.add_couplings(keep_couplings(shuffle));
    propagation.set_taken_apart(operation.results[0], {shuffle, moved, propagation.value(input).shape});
  } else {
    propagation.along(moved, axis, operation);
  }
  note_widths(propagation, operation, block);
  propagation.set(operation.results[0], block);
}

/// True when the reshape puts channels together that were taken apart, in another order: then it ends a shuffle.
bool ends_shuffle(Propagation& propagation, const Operation& operation, const std::vector<std::int64_t>& shape) {
  const ValueId input = input_of(operation);
  const TakenApart* apart = propagation.taken_apart(input);
  if (!apart || propagation.uses(input) != 1 || shape != apart->shape) return false;
  const ChannelMap moved = compressed(expanded(apart->all, propagation.value(input).shape).reshape(shape));
  if (channel_axes(moved) != std::vector<std::int64_t>{apart->shuffle.axis}) return false;
  Shuffle shuffle = apart->shuffle;
  shuffle.last = operation.place;
  shuffle.outputs = ids_of(moved);
  note_widths(propagation, operation, moved);
  propagation.set(operation.results[0], moved);
  propagation.add_shuffle(std::move(shuffle));
  return true;
}

/// view, reshape, flatten, unflatten.
void reshape(Propagation& propagation, const Operation& operation) {
  const ValueId input = input_of(operation);
  const ChannelMap& in = propagation.map(input);
  if (!in.defined()) return;  // `view_as` reads only the form of a tensor with channels
  const auto& shape = propagation.value(operation.results[0]).shape;
  if (ends_shuffle(propagation, operation, shape)) return;
  const ChannelMap moved = compressed(expanded(in, propagation.value(input).shape).reshape(shape));
  if (channel_axes(moved).size() > std::max<std::size_t>(channel_axes(in).size(), 1)) return take_apart(propagation, operation, moved);
  note_widths(propagation, operation, moved);
  propagation.set(operation.results[0], moved);
}

/// One number repeated over all channels of another tensor, as often as that is wide.
void repeat_over(Propagation& propagation, const Operation& operation) {
  const auto& shape = propagation.value(operation.results[0]).shape;
  std::vector<std::int64_t> content = propagation.content_shape(input_of(operation));
  content.insert(content.begin(), shape.size() - content.size(), 1);
  propagation.set_content_shape(operation.results[0], std::move(content));
}

void expand(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  if (!in.defined()) return repeat_over(propagation, operation);  // by `expand_as`, which reads only the form of the other
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  std::vector<std::int64_t> shape(rank - static_cast<std::size_t>(in.dim()), 1);
  shape.insert(shape.end(), in.sizes().begin(), in.sizes().end());
  const ChannelMap moved = in.reshape(shape);
  note_widths(propagation, operation, moved);
  propagation.set(operation.results[0], moved);
}

/// The operator that does a whole shuffle by itself.
void shuffle(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t groups = operation.integer("groups").value_or(1);
  if (channel_axes(in) != std::vector<std::int64_t>{1} || groups < 2) return propagation.set(operation.results[0], in);
  const ChannelMap moved = in.unflatten(1, std::vector<std::int64_t>{groups, -1}).transpose(1, 2).flatten(1, 2);
  const Shuffle whole{operation.place, operation.place, operation.module_path, groups, 1, ids_of(in), ids_of(moved)};
  propagation.add_couplings(keep_couplings(whole));
  propagation.set(operation.results[0], moved);
  propagation.add_shuffle(whole);
}

}  // namespace

void add_reshape_rules(RuleTable& table) {
  for (const char* name :
       {"aten::view", "aten::reshape", "aten::flatten", "aten::_unsafe_view", "aten::unflatten", "aten::view_as", "aten::reshape_as"}) {
    table[name] = reshape;
  }
  for (const char* name : {"aten::expand", "aten::expand_as"}) table[name] = expand;
  for (const char* name : {"aten::channel_shuffle", "aten::native_channel_shuffle"}) table[name] = shuffle;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that give the axes another order, add some or drop some. The channel map is moved by the same operation.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

ValueId input_of(const Operation& operation) {
  return operation.tensors().front();
}

/// Moves the channels of the input, and those that were taken apart with them.
template <typename Move>
void move(Propagation& propagation, const Operation& operation, Move move_map) {
  const ValueId input = input_of(operation);
  if (!propagation.map(input).defined()) return;
  propagation.set(operation.results[0], move_map(propagation.map(input)));
  const TakenApart* known = propagation.taken_apart(input);
  if (!known || propagation.uses(input) != 1) return;
  TakenApart apart = *known;
  apart.all = move_map(apart.all);
  propagation.set_taken_apart(operation.results[0], std::move(apart));
}

void same_order(Propagation& propagation, const Operation& operation) {
  move(propagation, operation, [](const ChannelMap& map) { return map; });
}

void permute(Propagation& propagation, const Operation& operation) {
  move(propagation, operation, [&](const ChannelMap& map) { return map.permute(operation.integers("dims")); });
}

void transpose(Propagation& propagation, const Operation& operation) {
  const char* first = operation.find("dim0") ? "dim0" : "axis0";
  const char* second = operation.find("dim1") ? "dim1" : "axis1";
  move(propagation, operation,
       [&](const ChannelMap& map) { return map.transpose(operation.integer(first).value_or(0), operation.integer(second).value_or(0)); });
}

void transpose_matrix(Propagation& propagation, const Operation& operation) {
  move(propagation, operation, [](const ChannelMap& map) { return map.dim() < 2 ? map : map.transpose(-2, -1); });
}

void move_axes(Propagation& propagation, const Operation& operation) {
  move(propagation, operation,
       [&](const ChannelMap& map) { return map.movedim(operation.integers("source"), operation.integers("destination")); });
}

void flip(Propagation& propagation, const Operation& operation) {
  move(propagation, operation, [&](const ChannelMap& map) { return map.flip(operation.integers("dims")); });
}

void unsqueeze(Propagation& propagation, const Operation& operation) {
  move(propagation, operation, [&](const ChannelMap& map) { return map.unsqueeze(*operation.integer("dim")); });
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

}  // namespace

void add_movement_rules(RuleTable& table) {
  for (const char* name : {"aten::contiguous", "aten::clone", "aten::alias", "aten::detach"}) table[name] = same_order;
  table["aten::permute"] = permute;
  for (const char* name : {"aten::transpose", "aten::swapaxes", "aten::swapdims"}) table[name] = transpose;
  for (const char* name : {"aten::t", "aten::mT", "aten::adjoint"}) table[name] = transpose_matrix;
  for (const char* name : {"aten::movedim", "aten::moveaxis"}) table[name] = move_axes;
  table["aten::flip"] = flip;
  table["aten::unsqueeze"] = unsqueeze;
  table["aten::squeeze"] = squeeze;
}

}  // namespace prunec

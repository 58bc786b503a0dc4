// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations on two tensors that treat every element alike. They make the channels of both sides equal.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/elementwise.h"

namespace prunec {

namespace {

bool is_in_place(const Operation& operation) {
  return operation.name.ends_with("_");
}

}  // namespace

ValueId first_tensor(const Operation& operation) {
  return operation.tensors().front();
}

void store(Propagation& propagation, const Operation& operation, ChannelMap map) {
  const ValueId target = first_tensor(operation);
  if (is_in_place(operation) && propagation.value(target).aliased) {
    const std::vector<bool> zeros = zeros_of(map);
    if (std::find(zeros.begin(), zeros.end(), false) != zeros.end()) {
      propagation.pin(map, "is changed in place by " + quoted(operation) + " while another view of it is in use", operation);
    }
  }
  propagation.set(operation.results[0], std::move(map));
}

namespace {

/// kSum: zero where both sides are. kProduct: where one is. kQuotient: where the first is. kOther: never.
enum class Combination { kSum, kProduct, kQuotient, kOther };

bool stays_zero(Combination combination, bool a, bool b) {
  switch (combination) {
    case Combination::kSum:
      return a && b;
    case Combination::kProduct:
      return a || b;
    case Combination::kQuotient:
      return a && !b;  // no number comes of 0 / 0
    case Combination::kOther:
      return false;
  }
  return false;
}

ChannelMap combine_zeros(Combination combination, const ChannelMap& a, const ChannelMap& b) {
  const std::vector<ChannelId> ids = ids_of(a);
  const std::vector<bool> zero_a = zeros_of(a);
  const std::vector<bool> zero_b = zeros_of(b);
  std::vector<std::int64_t> entries;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool zero = stays_zero(combination, zero_a[i], zero_b[i]);
    entries.push_back(ids[i] == kNoChannel ? -1 : 2 * static_cast<std::int64_t>(ids[i]) + (zero ? 1 : 0));
  }
  return at::tensor(entries, at::kLong).reshape(a.sizes());
}

/// The map of one side, brought to the rank of the result.
ChannelMap aligned(const ChannelMap& map, std::size_t rank) {
  std::vector<std::int64_t> shape(rank - static_cast<std::size_t>(map.dim()), 1);
  shape.insert(shape.end(), map.sizes().begin(), map.sizes().end());
  return map.reshape(shape);
}

std::vector<std::int64_t> aligned(std::vector<std::int64_t> shape, std::size_t rank) {
  shape.insert(shape.begin(), rank - shape.size(), 1);
  return shape;
}

/// True when the value is wide on an axis along which the other side's channels change: it cannot follow them.
bool has_fixed_width(const std::vector<std::int64_t>& shape, const ChannelMap& channels) {
  const auto axes = channel_axes(channels);
  return std::any_of(axes.begin(), axes.end(), [&](std::int64_t axis) { return shape[static_cast<std::size_t>(axis)] > 1; });
}

/// A parameter or buffer that has a number for every channel follows them; any other tensor that is as wide cannot.
bool follows(Propagation& propagation, const Operation& operation, ValueId plain, const ChannelMap& channels) {
  const auto axes = channel_axes(channels);
  const TensorValue& value = propagation.value(plain);
  const std::int64_t missing = channels.dim() - static_cast<std::int64_t>(value.shape.size());
  if (value.name.empty() || axes.size() != 1 || axes[0] < missing) return false;
  const std::vector<ChannelId> ids = ids_of(channels);
  if (static_cast<std::int64_t>(ids.size()) != value.shape[static_cast<std::size_t>(axes[0] - missing)]) return false;
  propagation.place(plain, axes[0] - missing, ids, operation);
  return true;
}

/// One side carries channels; the other is a number, or a tensor without any.
void combine_with_plain(Propagation& propagation, const Operation& operation, Combination combination, const ChannelMap& map,
                        std::optional<ValueId> plain, bool channels_first) {
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  const ChannelMap channels = aligned(map, rank);
  if (plain && has_fixed_width(aligned(propagation.content_shape(*plain), rank), channels) &&
      !follows(propagation, operation, *plain, channels)) {
    return propagation.pin_inputs(operation, "is combined with a tensor of fixed width by " + quoted(operation));
  }
  const bool zero = combination == Combination::kProduct || (combination == Combination::kQuotient && channels_first);
  store(propagation, operation, zero ? channels : with_zero(channels, false));
}

/// A side of width 1 that is spread over the other's channels: its own single channel always stays.
ChannelMap without_spread(Propagation& propagation, const Operation& operation, const ChannelMap& side,
                          const std::vector<std::int64_t>& shape, const ChannelMap& other) {
  for (const std::int64_t axis : channel_axes(other)) {
    if (shape[static_cast<std::size_t>(axis)] != 1) continue;
    propagation.pin(side, "is spread over all channels by " + quoted(operation), operation);
    return {};
  }
  return side;
}

/// How messages say what was done to the two sides.
std::string verb(const Operation& operation) {
  const auto is = [&](const char* name) { return operation.name.starts_with(name); };
  if (is("aten::add") || is("aten::sub") || is("aten::rsub")) return "added by ";
  return is("aten::mul") || is("aten::div") ? "multiplied by " : "combined by ";
}

/// The number 0, as code adds it where a branch is missing.
bool is_zero(const Operation& operation, const char* side) {
  const ArgumentValue* value = operation.find(side);
  if (!value) return false;
  if (const auto* whole = std::get_if<Integer>(value)) return whole->literal && whole->value == 0;
  const auto* real = std::get_if<double>(value);
  return real && *real == 0;
}

void combine(Propagation& propagation, const Operation& operation, Combination combination) {
  if (!operation.tensor("self"))
    return propagation.pin_inputs(operation, "reaches a form of " + quoted(operation) + " that prunec cannot see through");
  const ValueId self = *operation.tensor("self");
  const auto other = operation.tensor("other");
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  if (!other && combination == Combination::kSum && is_zero(operation, "other")) {
    return store(propagation, operation, propagation.map(self));
  }
  if (!other) return combine_with_plain(propagation, operation, combination, propagation.map(self), std::nullopt, true);
  ChannelMap a = propagation.map(self);
  ChannelMap b = propagation.map(*other);
  const auto shape_a = aligned(propagation.content_shape(self), rank);
  const auto shape_b = aligned(propagation.content_shape(*other), rank);
  if (a.defined() && b.defined()) {
    a = aligned(a, rank);
    b = aligned(b, rank);
    const ChannelMap whole_a = a;
    a = without_spread(propagation, operation, a, shape_a, b);
    b = without_spread(propagation, operation, b, shape_b, whole_a);
  }
  if (!a.defined() && !b.defined()) return;
  if (!b.defined()) return combine_with_plain(propagation, operation, combination, a, *other, true);
  if (!a.defined()) return combine_with_plain(propagation, operation, combination, b, self, false);
  const std::vector<at::Tensor> both = at::broadcast_tensors({a, b});
  propagation.couple(ids_of(both[0]), ids_of(both[1]), verb(operation) + quoted(operation), operation);
  store(propagation, operation, combine_zeros(combination, both[0], both[1]));
}

void add(Propagation& propagation, const Operation& operation) {
  combine(propagation, operation, Combination::kSum);
}
void multiply(Propagation& propagation, const Operation& operation) {
  combine(propagation, operation, Combination::kProduct);
}
void divide(Propagation& propagation, const Operation& operation) {
  combine(propagation, operation, Combination::kQuotient);
}

void combine_otherwise(Propagation& propagation, const Operation& operation) {
  combine(propagation, operation, Combination::kOther);
}

/// A choice between two tensors, element by element. The condition has the channels of both.
void where(Propagation& propagation, const Operation& operation) {
  const auto condition = operation.tensor("condition");
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  const auto too_wide = [&](const char* side) {
    const auto id = operation.tensor(side);
    return id && propagation.map(*id).defined() &&
           has_fixed_width(aligned(propagation.value(*condition).shape, rank), aligned(propagation.map(*id), rank));
  };
  const bool plain = condition && !propagation.map(*condition).defined() && operation.tensor("self");
  if (!plain || too_wide("self") || too_wide("other")) {
    return propagation.pin_inputs(operation, "decides, or is chosen by, single values in " + quoted(operation));
  }
  combine(propagation, operation, Combination::kSum);
}

/// One half of the channels, scaled by a function of the other.
void gated_halves(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(first_tensor(operation));
  const std::int64_t axis = wrap(operation.integer("dim").value_or(-1), in.dim());
  if (in.size(axis) == 1) return propagation.set(operation.results[0], in);
  const std::int64_t half = in.size(axis) / 2;
  const ChannelMap values = in.narrow(axis, 0, half), gates = in.narrow(axis, half, half);
  propagation.couple(ids_of(values), ids_of(gates), "multiplied by " + quoted(operation), operation);
  propagation.set(operation.results[0], values.contiguous());
}

}  // namespace

void add_combination_rules(RuleTable& table) {
  for (const char* name : {"aten::add", "aten::sub", "aten::rsub", "aten::maximum", "aten::minimum", "aten::fmax", "aten::fmin"}) {
    table[name] = add;
  }
  for (const char* name : {"aten::mul", "aten::multiply", "aten::logical_and"}) table[name] = multiply;
  for (const char* name : {"aten::div", "aten::divide", "aten::true_divide", "aten::floor_divide"}) table[name] = divide;
  for (const char* name : {"aten::gt", "aten::lt", "aten::ge", "aten::le", "aten::eq", "aten::ne", "aten::logical_or", "aten::atan2"}) {
    table[name] = combine_otherwise;
  }
  table["aten::where"] = where;
  table["aten::glu"] = gated_halves;
}

}  // namespace prunec

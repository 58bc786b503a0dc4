// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that treat every element alike. They keep channels where they are; the binary ones make the channels of both sides equal.
/// What matters besides is whether a removed channel, which holds zeros, still holds zeros afterwards.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

bool is_in_place(const Operation& operation) {
  return operation.name.ends_with("_");
}

ValueId first_tensor(const Operation& operation) {
  return operation.tensors().front();
}

/// Stores the result. Another view of the same data would not see that removed channels are no longer zero, so that pins them.
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

void keep(Propagation& propagation, const Operation& operation) {
  store(propagation, operation, propagation.map(first_tensor(operation)));
}

/// Functions with f(0) other than 0, such as a sigmoid.
void lose_zero(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(first_tensor(operation));
  if (in.defined()) store(propagation, operation, with_zero(in, false));
}

std::optional<double> number(const Operation& operation, std::string_view argument) {
  const ArgumentValue* value = operation.find(argument);
  if (!value) return std::nullopt;
  if (const auto* integer = std::get_if<Integer>(value)) return static_cast<double>(integer->value);
  if (const auto* real = std::get_if<double>(value)) return *real;
  return std::nullopt;
}

/// Clamps keep a zero when it lies between their bounds.
void clamp(Propagation& propagation, const Operation& operation) {
  const auto low = number(operation, operation.find("min_val") ? "min_val" : "min");
  const auto high = number(operation, operation.find("max_val") ? "max_val" : "max");
  low.value_or(0) <= 0 && high.value_or(0) >= 0 ? keep(propagation, operation) : lose_zero(propagation, operation);
}

/// A PReLU has one slope for all channels or one for each.
void prelu(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(first_tensor(operation));
  const ValueId slope = *operation.tensor("weight");
  if (in.defined() && propagation.value(slope).shape != std::vector<std::int64_t>{1}) {
    if (propagation.value(slope).name.empty() || !lies_along(in, 1)) {
      return propagation.pin_inputs(operation, "has slopes that prunec cannot follow");
    }
    propagation.place(slope, 0, ids_of(in), operation);
  }
  keep(propagation, operation);
}

enum class Combination { kSum, kProduct, kQuotient };

bool stays_zero(Combination combination, bool a, bool b) {
  switch (combination) {
    case Combination::kSum:
      return a && b;
    case Combination::kProduct:
      return a || b;
    case Combination::kQuotient:
      return a;
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

/// One side carries channels; the other is a number, or a tensor without any.
void combine_with_plain(Propagation& propagation, const Operation& operation, Combination combination, const ChannelMap& map,
                        const std::vector<std::int64_t>& plain_shape, bool channels_first) {
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  const ChannelMap channels = aligned(map, rank);
  if (has_fixed_width(aligned(plain_shape, rank), channels)) {
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

void combine(Propagation& propagation, const Operation& operation, Combination combination) {
  if (!operation.tensor("self"))
    return propagation.pin_inputs(operation, "reaches a form of " + quoted(operation) + " that prunec cannot see through");
  const ValueId self = *operation.tensor("self");
  const auto other = operation.tensor("other");
  const std::size_t rank = propagation.value(operation.results[0]).shape.size();
  if (!other) return combine_with_plain(propagation, operation, combination, propagation.map(self), {}, true);
  ChannelMap a = propagation.map(self);
  ChannelMap b = propagation.map(*other);
  const auto shape_a = aligned(propagation.value(self).shape, rank);
  const auto shape_b = aligned(propagation.value(*other).shape, rank);
  if (a.defined() && b.defined()) {
    a = aligned(a, rank);
    b = aligned(b, rank);
    const ChannelMap whole_a = a;
    a = without_spread(propagation, operation, a, shape_a, b);
    b = without_spread(propagation, operation, b, shape_b, whole_a);
  }
  if (!a.defined() && !b.defined()) return;
  if (!b.defined()) return combine_with_plain(propagation, operation, combination, a, shape_b, true);
  if (!a.defined()) return combine_with_plain(propagation, operation, combination, b, shape_a, false);
  const std::vector<at::Tensor> both = at::broadcast_tensors({a, b});
  const char* what = combination == Combination::kSum ? "added by " : "multiplied by ";
  propagation.couple(ids_of(both[0]), ids_of(both[1]), what + quoted(operation), operation);
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

}  // namespace

void add_elementwise_rules(RuleTable& table) {
  // Each of these gives 0 for 0.
  for (const char* name : {"aten::relu",
                           "aten::relu_",
                           "aten::relu6",
                           "aten::relu6_",
                           "aten::leaky_relu",
                           "aten::leaky_relu_",
                           "aten::silu",
                           "aten::silu_",
                           "aten::gelu",
                           "aten::gelu_",
                           "aten::hardswish",
                           "aten::hardswish_",
                           "aten::elu",
                           "aten::elu_",
                           "aten::selu",
                           "aten::selu_",
                           "aten::celu",
                           "aten::celu_",
                           "aten::mish",
                           "aten::mish_",
                           "aten::tanh",
                           "aten::tanh_",
                           "aten::abs",
                           "aten::neg",
                           "aten::square",
                           "aten::dropout",
                           "aten::dropout_",
                           "aten::feature_dropout",
                           "aten::feature_dropout_",
                           "aten::to",
                           "aten::type_as",
                           "aten::softsign",
                           "aten::tanhshrink",
                           "aten::rrelu"}) {
    table[name] = keep;
  }
  for (const char* name : {"aten::sigmoid", "aten::sigmoid_", "aten::hardsigmoid", "aten::hardsigmoid_", "aten::exp", "aten::softplus",
                           "aten::log_sigmoid", "aten::cos", "aten::reciprocal", "aten::rsub"}) {
    table[name] = lose_zero;
  }
  for (const char* name : {"aten::hardtanh", "aten::hardtanh_", "aten::clamp", "aten::clamp_", "aten::clamp_min", "aten::clamp_min_",
                           "aten::clamp_max", "aten::clamp_max_"}) {
    table[name] = clamp;
  }
  table["aten::prelu"] = prelu;
  for (const char* name : {"aten::add", "aten::add_", "aten::sub", "aten::sub_"}) table[name] = add;
  for (const char* name : {"aten::mul", "aten::mul_"}) table[name] = multiply;
  for (const char* name : {"aten::div", "aten::div_"}) table[name] = divide;
}

}  // namespace prunec

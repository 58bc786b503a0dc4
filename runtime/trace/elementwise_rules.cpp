// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Functions of a single tensor that treat every element alike. They keep channels where they are. What matters is whether a removed
/// channel, which holds zeros, still holds zeros afterwards.

#include <ATen/ATen.h>

#include "runtime/trace/elementwise.h"

namespace prunec {

namespace {

void keep(Propagation& propagation, const Operation& operation) {
  if (propagation.map(first_tensor(operation)).defined()) store(propagation, operation, propagation.map(first_tensor(operation)));
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
  if (operation.tensors().size() > 1) return propagation.pin_inputs(operation, "is held between bounds that are tensors");
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

/// A power keeps a zero when its exponent is a positive number.
void power(Propagation& propagation, const Operation& operation) {
  if (operation.tensors().size() > 1) return propagation.pin_inputs(operation, "is raised to powers that the run computes");
  number(operation, "exponent").value_or(0) > 0 ? keep(propagation, operation) : lose_zero(propagation, operation);
}

/// What is put where the mask says so is a number; the mask itself has to follow the channels.
void fill(Propagation& propagation, const Operation& operation) {
  if (const auto mask = operation.tensor("mask"); mask && propagation.map(*mask).defined()) {
    return propagation.pin_inputs(operation, "decides by its values what " + quoted(operation) + " puts where");
  }
  const ChannelMap& in = propagation.map(*operation.tensor("self"));
  const auto& mask_shape = propagation.value(*operation.tensor("mask")).shape;
  const auto rank = static_cast<std::int64_t>(propagation.value(*operation.tensor("self")).shape.size());
  for (const std::int64_t axis : channel_axes(in)) {
    const std::int64_t at = axis - (rank - static_cast<std::int64_t>(mask_shape.size()));
    if (at >= 0 && mask_shape[static_cast<std::size_t>(at)] > 1)
      return propagation.pin_inputs(operation, "is filled by a mask of fixed width");
  }
  number(operation, "value").value_or(1) == 0 ? keep(propagation, operation) : lose_zero(propagation, operation);
}

}  // namespace

void add_elementwise_rules(RuleTable& table) {
  // Each of these gives 0 for 0.
  for (const char* name : {"aten::relu",
                           "aten::relu6",
                           "aten::leaky_relu",
                           "aten::silu",
                           "aten::gelu",
                           "aten::hardswish",
                           "aten::elu",
                           "aten::selu",
                           "aten::celu",
                           "aten::mish",
                           "aten::tanh",
                           "aten::abs",
                           "aten::neg",
                           "aten::square",
                           "aten::dropout",
                           "aten::feature_dropout",
                           "aten::alpha_dropout",
                           "aten::feature_alpha_dropout",
                           "aten::to",
                           "aten::type_as",
                           "aten::softsign",
                           "aten::tanhshrink",
                           "aten::rrelu",
                           "aten::sin",
                           "aten::tan",
                           "aten::asin",
                           "aten::atan",
                           "aten::sinh",
                           "aten::asinh",
                           "aten::atanh",
                           "aten::erf",
                           "aten::sqrt",
                           "aten::floor",
                           "aten::ceil",
                           "aten::round",
                           "aten::trunc",
                           "aten::frac",
                           "aten::sign",
                           "aten::sgn",
                           "aten::expm1",
                           "aten::log1p",
                           "aten::softshrink",
                           "aten::hardshrink",
                           "aten::nan_to_num",
                           "aten::positive",
                           "aten::float",
                           "aten::half",
                           "aten::cpu",
                           "aten::cuda",
                           "aten::requires_grad"}) {
    table[name] = keep;
  }
  for (const char* name :
       {"aten::sigmoid",   "aten::hardsigmoid", "aten::exp",         "aten::exp2",  "aten::softplus", "aten::log_sigmoid", "aten::cos",
        "aten::cosh",      "aten::acos",        "aten::reciprocal",  "aten::rsqrt", "aten::log",      "aten::log2",        "aten::log10",
        "aten::threshold", "aten::erfc",        "aten::logical_not", "aten::isnan", "aten::isinf",    "aten::bitwise_not"}) {
    table[name] = lose_zero;
  }
  for (const char* name : {"aten::hardtanh", "aten::clamp", "aten::clip", "aten::clamp_min", "aten::clamp_max"}) table[name] = clamp;
  table["aten::prelu"] = prelu;
  table["aten::masked_fill"] = fill;
  table["aten::pow"] = power;
}

}  // namespace prunec

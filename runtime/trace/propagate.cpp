// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/propagate.h"

#include "runtime/trace/bare_layers.h"
#include "runtime/trace/branches.h"
#include "runtime/trace/frozen_norms.h"
#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

/// Operations that ask a tensor only for its form, never for its content.
bool reads_form_only(std::string_view name) {
  static const std::unordered_set<std::string_view> names{
      "aten::size",          "aten::sym_size",   "aten::dim",        "aten::numel",      "aten::len",       "aten::is_floating_point",
      "aten::is_complex",    "aten::is_cuda",    "aten::get_device", "aten::stride",     "aten::__is__",    "aten::__isnot__",
      "aten::is_contiguous", "aten::zeros_like", "aten::ones_like",  "aten::empty_like", "aten::full_like", "aten::rand_like",
      "aten::randn_like",    "aten::new_zeros",  "aten::new_ones",   "aten::new_empty",  "aten::new_full",  "aten::warn"};
  return names.contains(name) || name.starts_with("prim::");
}

bool makes_zeros(std::string_view name) {
  return name == "aten::zeros" || name == "aten::zeros_like" || name == "aten::new_zeros";
}

/// Layers make channels, and read their own parameters.
const RuleTable& layer_rules() {
  static const RuleTable table = [] {
    RuleTable rules;
    add_convolution_rules(rules);
    add_weighted_rules(rules);
    add_norm_rules(rules);
    return rules;
  }();
  return table;
}

const RuleTable& all_rules() {
  static const RuleTable table = [] {
    RuleTable rules = layer_rules();
    add_combination_rules(rules);
    add_elementwise_rules(rules);
    add_movement_rules(rules);
    add_part_rules(rules);
    add_placement_rules(rules);
    add_product_rules(rules);
    add_reduction_rules(rules);
    add_repetition_rules(rules);
    add_reshape_rules(rules);
    return rules;
  }();
  return table;
}

/// The rule of that operation, or of the same one that works in a new tensor: `relu_` follows `relu`. Null when there is none.
Rule rule_for(const std::string& name) {
  const RuleTable& rules = all_rules();
  auto rule = rules.find(name);
  if (rule == rules.end() && name.ends_with("_") && !name.ends_with("__")) {
    rule = rules.find(std::string_view(name).substr(0, name.size() - 1));
  }
  return rule == rules.end() ? nullptr : rule->second;
}

bool carries_channels(const Propagation& propagation, const Operation& operation) {
  for (const ValueId id : operation.tensors()) {
    if (propagation.map(id).defined()) return true;
  }
  return false;
}

/// A parameter that the model computes with, where it could have given it to a layer, may have a number for each channel. It gets channels
/// of its own, which become those that it meets.
void adopt_parameters(Propagation& propagation, const Operation& operation) {
  for (const ValueId id : operation.tensors()) {
    const TensorValue& value = propagation.value(id);
    if (value.name.empty() || propagation.map(id).defined()) continue;
    const auto rank = static_cast<std::int64_t>(value.shape.size());
    std::vector<std::int64_t> wide;
    for (std::int64_t axis = 0; axis < rank; ++axis) {
      if (value.shape[static_cast<std::size_t>(axis)] > 1) wide.push_back(axis);
    }
    if (wide.size() != 1) continue;
    const std::vector<ChannelId> ids = propagation.new_channels(value.shape[static_cast<std::size_t>(wide[0])]);
    propagation.place(id, wide[0], ids, operation);
    propagation.set(id, make_map(ids, false, wide[0], rank));
  }
}

/// A number in the code that is compared with how many channels there are, and is as many, has to follow them. Others say nothing of them.
void compare_size(Propagation& propagation, const Operation& operation) {
  const ValueId tensor = *operation.tensor(kComparedTensor);
  const ChannelMap& map = propagation.map(tensor);
  const auto axis = *operation.integer(kComparedAxis);
  if (!map.defined() || map.size(axis) == 1 || operation.integer("a") != operation.integer("b")) return;
  const auto* first = std::get_if<Integer>(operation.find("a"));
  propagation.add_width(operation, first->literal ? "a" : "b", -1, propagation.along(map, axis, operation));
}

ChannelGraph carry_channels(const OpTrace& trace, const std::unordered_set<std::string>& bare) {
  Propagation propagation(trace, bare);
  FrozenNorms frozen_norms(trace, propagation);
  for (const Operation& operation : trace.operations) {
    frozen_norms.reach(operation);
    if (makes_zeros(operation.name)) propagation.set_all_zero(operation.results[0]);
    if (operation.find(kComparedTensor)) {
      compare_size(propagation, operation);
    } else if (const Rule rule = rule_for(operation.name)) {
      const bool is_layer = layer_rules().contains(operation.name);
      if (!is_layer && !carries_channels(propagation, operation)) adopt_parameters(propagation, operation);
      if (is_layer || carries_channels(propagation, operation)) rule(propagation, operation);
      propagation.follow_concatenation(operation);
    } else if (!reads_form_only(operation.name)) {
      propagation.pin_inputs(operation, "reaches " + quoted(operation) + ", which prunec cannot see through");
    }
  }
  propagation.pin_outputs();
  ChannelGraph graph = propagation.take();
  graph.branches = branches_of(trace, propagation);
  return graph;
}

}  // namespace

bool has_rule(const Operation& operation) {
  return rule_for(operation.name) || reads_form_only(operation.name);
}

ChannelGraph propagate(const OpTrace& trace) {
  ChannelGraph graph = carry_channels(trace, {});
  const std::unordered_set<std::string> bare = bare_layers(graph);
  if (bare.empty()) return graph;
  graph = carry_channels(trace, bare);
  drop_pinned_bare_layers(graph);
  return graph;
}

}  // namespace prunec

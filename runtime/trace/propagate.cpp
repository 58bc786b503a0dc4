// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/propagate.h"

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

const RuleTable& weighted_rules() {
  static const RuleTable table = [] {
    RuleTable rules;
    add_convolution_rules(rules);
    add_weighted_rules(rules);
    return rules;
  }();
  return table;
}

const RuleTable& all_rules() {
  static const RuleTable table = [] {
    RuleTable rules = weighted_rules();
    add_elementwise_rules(rules);
    add_movement_rules(rules);
    add_part_rules(rules);
    add_repetition_rules(rules);
    add_reshape_rules(rules);
    add_reduction_rules(rules);
    return rules;
  }();
  return table;
}

bool carries_channels(const Propagation& propagation, const Operation& operation) {
  for (const ValueId id : operation.tensors()) {
    if (propagation.map(id).defined()) return true;
  }
  return false;
}

}  // namespace

bool has_rule(const Operation& operation) {
  return all_rules().contains(operation.name) || reads_form_only(operation.name);
}

ChannelGraph propagate(const OpTrace& trace) {
  Propagation propagation(trace);
  for (const Operation& operation : trace.operations) {
    const auto rule = all_rules().find(operation.name);
    if (rule != all_rules().end()) {
      // Only layers with weights make channels; everything else moves those that are there.
      if (weighted_rules().contains(operation.name) || carries_channels(propagation, operation)) rule->second(propagation, operation);
    } else if (!reads_form_only(operation.name)) {
      propagation.pin_inputs(operation, "reaches " + quoted(operation) + ", which prunec cannot see through");
    }
  }
  propagation.pin_outputs();
  return propagation.take();
}

}  // namespace prunec

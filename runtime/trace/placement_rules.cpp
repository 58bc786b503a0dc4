// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Writing one tensor into rows of another, as detectors gather what they pool at several scales.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/elementwise.h"

namespace prunec {

namespace {

/// One index tensor, and it chooses rows: nothing else has these shapes.
bool chooses_rows(const Propagation& propagation, const Operation& operation, ValueId target, ValueId values) {
  const auto* indices = operation.find("indices");
  const auto* list = indices ? std::get_if<std::vector<TensorRef>>(indices) : nullptr;
  if (list == nullptr || list->size() != 1) return false;
  const auto& index = propagation.value(list->front().id).shape;
  const auto& from = propagation.value(values).shape;
  const auto& to = propagation.value(target).shape;
  return index.size() == 1 && from.size() == to.size() && from.size() > 1 && index[0] == from[0] && index[0] != to[1] &&
         std::equal(from.begin() + 1, from.end(), to.begin() + 1);
}

void put_rows(Propagation& propagation, const Operation& operation) {
  const auto target = operation.tensor("self"), values = operation.tensor("values");
  if (!target || !values || !chooses_rows(propagation, operation, *target, *values)) {
    return propagation.pin_inputs(operation, "reaches " + quoted(operation) + ", which prunec cannot see through");
  }
  const ChannelMap& written = propagation.map(*values);
  const ChannelMap& before = propagation.map(*target);
  if (!written.defined() || written.size(0) != 1 || (before.defined() && before.sizes() != written.sizes())) {
    return propagation.pin_inputs(operation, "is written by " + quoted(operation) + " where other channels lie");
  }
  if (!before.defined()) {
    const bool zero = propagation.is_all_zero(*target);
    return store(propagation, operation, zero ? written : with_zero(written, false));
  }
  propagation.couple(ids_of(before), ids_of(written), "written into one tensor by " + quoted(operation), operation);
  const std::vector<bool> zeros = zeros_of(before);
  const bool zero = std::find(zeros.begin(), zeros.end(), false) == zeros.end();
  store(propagation, operation, zero ? written : with_zero(written, false));
}

}  // namespace

void add_placement_rules(RuleTable& table) {
  table["aten::index_put"] = put_rows;
}

}  // namespace prunec

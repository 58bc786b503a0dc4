// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Products of tensors that the run computes, as in attention, and what takes windows apart: prunec keeps the channels in them whole, and
/// says so.

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

void product(Propagation& propagation, const Operation& operation) {
  propagation.pin_inputs(operation, "is multiplied with other values of the run by " + quoted(operation) + ", which prunec keeps whole");
}

void windows(Propagation& propagation, const Operation& operation) {
  propagation.pin_inputs(operation, "is taken apart into windows by " + quoted(operation) + ", which prunec keeps whole");
}

}  // namespace

void add_product_rules(RuleTable& table) {
  for (const char* name : {"aten::matmul", "aten::mm", "aten::bmm", "aten::addmm", "aten::baddbmm", "aten::einsum", "aten::dot",
                           "aten::scaled_dot_product_attention", "aten::_native_multi_head_attention", "aten::bilinear"}) {
    table[name] = product;
  }
  for (const char* name : {"aten::im2col", "aten::col2im", "aten::unfold"}) table[name] = windows;
}

}  // namespace prunec

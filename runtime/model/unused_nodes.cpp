// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/unused_nodes.h"

namespace prunec {

namespace {

/// Computes its results and does nothing else.
bool is_pure(const torch::jit::Node& node) {
  if (node.kind().is_aten()) return node.maybeSchema() && !node.maybeSchema()->is_mutable() && node.blocks().empty();
  static const std::set<c10::Symbol> kPure{c10::prim::Constant,       c10::prim::ListConstruct, c10::prim::ListUnpack, c10::prim::GetAttr,
                                           c10::prim::TupleConstruct, c10::prim::TupleUnpack,   c10::prim::NumToTensor};
  return kPure.contains(node.kind());
}

}  // namespace

void remove_unused(std::set<torch::jit::Node*> candidates) {
  while (!candidates.empty()) {
    torch::jit::Node* node = *candidates.begin();
    candidates.erase(candidates.begin());
    if (node->hasUses() || !is_pure(*node)) continue;
    for (torch::jit::Value* input : node->inputs()) candidates.insert(input->node());
    node->destroy();
  }
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <torch/csrc/jit/ir/ir.h>
#include <vector>

namespace prunec {

inline void append_in_order(torch::jit::Node* node, std::vector<torch::jit::Node*>& nodes) {
  nodes.push_back(node);
  for (torch::jit::Block* block : node->blocks()) {
    for (torch::jit::Node* inner : block->nodes()) append_in_order(inner, nodes);
  }
}

/// All nodes in the order that a `CodePlace` counts them in.
inline std::vector<torch::jit::Node*> nodes_in_order(torch::jit::Graph& graph) {
  std::vector<torch::jit::Node*> nodes;
  for (torch::jit::Node* node : graph.nodes()) append_in_order(node, nodes);
  return nodes;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "runtime/model/node_order.h"

namespace prunec {

/// Finds the operations of one method by their numbers. All of them have to be looked up before the graph is changed by others.
class CodeGraph {
 public:
  explicit CodeGraph(torch::jit::Graph& graph) : graph_(graph), nodes_(nodes_in_order(graph)) {}

  /// Puts the functions on the way into the graph, in place of their calls. Null when there is no such operation.
  torch::jit::Node* find(const std::vector<std::int64_t>& numbers);

 private:
  const std::vector<torch::jit::Node*>* body_of(torch::jit::Node* call);

  torch::jit::Graph& graph_;
  std::vector<torch::jit::Node*> nodes_;
  std::unordered_map<torch::jit::Node*, std::vector<torch::jit::Node*>> bodies_;  ///< by call; the calls are gone
};

}  // namespace prunec

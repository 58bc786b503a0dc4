// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/code_graph.h"

#include <torch/csrc/jit/api/function_impl.h>

namespace prunec {

namespace {

/// The function that the node calls; null when it calls none.
torch::jit::Function* function_of(const torch::jit::Node& call) {
  if (call.kind() == c10::prim::CallFunction) return call.input(0)->type()->expect<c10::FunctionType>()->function();
  if (call.kind() != c10::prim::CallMethod) return nullptr;
  const auto type = call.input(0)->type()->cast<c10::ClassType>();
  return type ? type->findMethod(call.s(c10::attr::name)) : nullptr;
}

}  // namespace

torch::jit::Node* CodeGraph::find(const std::vector<std::int64_t>& numbers) {
  const std::vector<torch::jit::Node*>* nodes = &nodes_;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!nodes || numbers[i] < 0 || numbers[i] >= static_cast<std::int64_t>(nodes->size())) return nullptr;
    torch::jit::Node* node = (*nodes)[static_cast<std::size_t>(numbers[i])];
    if (i + 1 == numbers.size()) return node;
    nodes = body_of(node);
  }
  return nullptr;
}

const std::vector<torch::jit::Node*>* CodeGraph::body_of(torch::jit::Node* call) {
  if (const auto known = bodies_.find(call); known != bodies_.end()) return &known->second;
  torch::jit::Function* function = function_of(*call);
  if (!function) return nullptr;
  function->ensure_defined();
  const auto inputs = call->kind() == c10::prim::CallFunction ? call->inputs().slice(1) : call->inputs();
  torch::jit::Node* before = call->prev();
  const torch::jit::WithInsertPoint at_call(call);
  const auto outputs = torch::jit::insertGraph(graph_, *torch::jit::toGraphFunction(*function).graph(), inputs);
  std::vector<torch::jit::Node*>& body = bodies_[call];
  for (torch::jit::Node* node = before->next(); node != call; node = node->next()) append_in_order(node, body);
  for (std::size_t i = 0; i < outputs.size(); ++i) call->outputs()[i]->replaceAllUsesWith(outputs[i]);
  call->destroy();
  return &body;
}

}  // namespace prunec

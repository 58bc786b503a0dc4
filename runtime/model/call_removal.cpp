// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/call_removal.h"

#include <algorithm>
#include <utility>

#include "runtime/model/node_order.h"
#include "runtime/model/unused_nodes.h"

namespace prunec {

namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// Where a value of a method comes from when it is a module inside `self`: "paths.3". None for other values.
std::optional<std::string> path_from_self(const Graph& graph, const Value* value) {
  if (value == graph.inputs()[0]) return std::string();
  if (value->node()->kind() != c10::prim::GetAttr) return std::nullopt;
  const auto owner = path_from_self(graph, value->node()->input());
  if (!owner) return std::nullopt;
  return (owner->empty() ? "" : *owner + ".") + value->node()->s(c10::attr::name);
}

bool only_concatenated(const Value* list, const ReceivedLists& received) {
  const auto& uses = list->uses();
  return std::all_of(uses.begin(), uses.end(), [&](const torch::jit::Use& use) {
    const std::string name = use.user->kind().toQualString();
    if (name == "aten::cat" || name == "aten::concat" || name == "aten::append") return true;
    if (name != "prim::Return" || use.user->owningBlock() != use.user->owningGraph()->block()) return false;
    const std::vector<const Value*> lists = received();
    return !lists.empty() && std::all_of(lists.begin(), lists.end(), [](const Value* value) {
      return only_concatenated(value, [] { return std::vector<const Value*>(); });
    });
  });
}

/// Removes calls from one method, with everything that their results flow through on the way to a list that is concatenated.
class CallRemoval {
 public:
  CallRemoval(Graph& graph, const std::vector<Node*>& calls, ReceivedLists received)
      : graph_(graph), received_(std::move(received)), going_(calls.begin(), calls.end()), waiting_(calls) {}

  /// Nothing is changed unless all can go; else why not.
  std::optional<std::string> run() {
    while (!waiting_.empty()) {
      Node* node = waiting_.back();
      waiting_.pop_back();
      for (Value* result : node->outputs()) {
        for (const torch::jit::Use& use : result->uses()) {
          if (auto reason = follow(result, use)) return reason;
        }
      }
    }
    carry_out();
    return std::nullopt;
  }

 private:
  std::optional<std::string> follow(Value* result, const torch::jit::Use& use) {
    Node* user = use.user;
    const std::string name = user->kind().toQualString();
    if (going_.contains(user)) return std::nullopt;
    if (name == "prim::ListConstruct" || name == "aten::append") {
      Value* list = name == "aten::append" ? user->input(0) : user->output();
      if (!only_concatenated(list, received_)) return "its result is put into a list that is not only concatenated";
      if (name == "aten::append") {
        going_.insert(user);
      } else {
        parts_.emplace(user, result);
      }
      return is_emptied(*list) ? leave_out(*list) : std::nullopt;
    }
    const bool works_on_it = user->kind().is_aten() && user->blocks().empty() && user->outputs().size() == 1 &&
                             user->output()->type()->isSubtypeOf(*c10::TensorType::get());
    if (!works_on_it) return "its result is used by `" + name + "`";
    going_.insert(user);
    waiting_.push_back(user);
    return std::nullopt;
  }

  bool is_emptied(Value& list) const {
    const auto parts = list.node()->inputs();
    const auto& uses = list.uses();
    return list.node()->kind() == c10::prim::ListConstruct &&
           std::all_of(parts.begin(), parts.end(),
                       [&](Value* part) {
                         return parts_.contains({list.node(), part});
                       }) &&
           std::all_of(uses.begin(), uses.end(),
                       [&](const torch::jit::Use& use) { return use.user->kind() != c10::aten::append || going_.contains(use.user); });
  }

  /// A list of nothing, with the concatenations that it was for.
  std::optional<std::string> leave_out(Value& list) {
    for (const torch::jit::Use& use : list.uses()) {
      if (use.user->kind() == c10::prim::Return) return "it is the last of a list that goes on to other code";
      if (use.user->kind() != c10::aten::append && going_.insert(use.user).second) waiting_.push_back(use.user);
    }
    going_.insert(list.node());
    return std::nullopt;
  }

  void carry_out() {
    for (const auto& [list, part] : parts_) {
      if (going_.contains(list)) continue;
      for (std::size_t i = list->inputs().size(); i-- > 0;) {
        if (list->input(i) == part) list->removeInput(i);
      }
    }
    std::vector<Node*> order = nodes_in_order(graph_);
    std::set<Node*> sources;
    for (auto node = order.rbegin(); node != order.rend(); ++node) {
      if (!going_.contains(*node)) continue;
      for (Value* input : (*node)->inputs()) sources.insert(input->node());
      if ((*node)->kind() == c10::aten::append) (*node)->output()->replaceAllUsesWith((*node)->input(0));
      sources.erase(*node);
      (*node)->destroy();
    }
    remove_unused(std::move(sources));
  }

  Graph& graph_;
  ReceivedLists received_;
  std::set<Node*> going_;
  std::vector<Node*> waiting_;
  std::set<std::pair<Node*, Value*>> parts_;
};

}  // namespace

std::vector<Node*> calls_of(Graph& graph, const std::set<std::string>& modules) {
  std::vector<Node*> calls;
  for (Node* node : nodes_in_order(graph)) {
    if (node->kind() != c10::prim::CallMethod) continue;
    const auto path = path_from_self(graph, node->input(0));
    if (path && modules.contains(*path)) calls.push_back(node);
  }
  return calls;
}

std::optional<std::string> remove_calls(Graph& graph, const std::vector<Node*>& calls, const ReceivedLists& received) {
  return CallRemoval(graph, calls, received).run();
}

}  // namespace prunec

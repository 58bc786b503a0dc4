// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/module_removal.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "runtime/model/class_split.h"
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

std::vector<Node*> calls_of(Graph& graph, const std::set<std::string>& modules) {
  std::vector<Node*> calls;
  for (Node* node : nodes_in_order(graph)) {
    if (node->kind() != c10::prim::CallMethod) continue;
    const auto path = path_from_self(graph, node->input(0));
    if (path && modules.contains(*path)) calls.push_back(node);
  }
  return calls;
}

/// What the callers of a method get from it.
using Received = std::function<std::vector<const Value*>()>;

bool only_concatenated(const Value* list, const Received& received) {
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
  CallRemoval(Graph& graph, const std::vector<Node*>& calls, Received received)
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
  Received received_;
  std::set<Node*> going_;
  std::vector<Node*> waiting_;
  std::set<std::pair<Node*, Value*>> parts_;
};

Diagnostic refused(const std::string& path, std::string reason) {
  Diagnostic diagnostic{Code::kP0704, "`" + path + "` cannot be taken out of the model", LayerPlace{path}};
  diagnostic.notes.push_back({{}, std::move(reason)});
  diagnostic.help = "let it keep a channel: name it in no `keep at least 0`";
  return diagnostic;
}

/// "layer1.0.paths" and "3" of "layer1.0.paths.3".
std::pair<std::string, std::string> parent_and_name(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? std::pair(std::string(), path) : std::pair(path.substr(0, dot), path.substr(dot + 1));
}

using Modules = std::map<std::string, torch::jit::Module>;

Modules modules_of(const torch::jit::Module& model) {
  Modules modules;
  for (const auto& module : model.named_modules()) modules.emplace(module.name, module.value);
  return modules;
}

Graph& graph_of(torch::jit::Function& method) {
  return *torch::jit::toGraphFunction(method).graph();
}

/// By caller: the modules that its methods call, by their paths from there.
std::map<std::string, std::set<std::string>> callers_of(const Modules& modules, const std::vector<std::string>& paths) {
  std::map<std::string, std::set<std::string>> callers;
  for (const std::string& path : paths) {
    for (std::string caller = path; !caller.empty();) {
      caller = parent_and_name(caller).first;
      const std::string inner = caller.empty() ? path : path.substr(caller.size() + 1);
      for (torch::jit::Function* method : modules.at(caller).type()->methods()) {
        if (!calls_of(graph_of(*method), {inner}).empty()) callers[caller].insert(inner);
      }
    }
  }
  return callers;
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + ",";
  return text;
}

/// The results of all calls of a method of that class.
std::vector<const Value*> results_of(const Modules& modules, const c10::ClassType& owner, const std::string& method) {
  std::vector<const Value*> results;
  std::set<const c10::ClassType*> seen;
  for (const auto& [path, module] : modules) {
    if (!seen.insert(module.type().get()).second) continue;
    for (torch::jit::Function* caller : module.type()->methods()) {
      for (const Node* node : nodes_in_order(graph_of(*caller))) {
        if (node->kind() == c10::prim::CallMethod && node->s(c10::attr::name) == method &&
            node->input(0)->type()->cast<c10::ClassType>().get() == &owner)
          results.push_back(node->output());
      }
    }
  }
  return results;
}

/// Whether code still asks for the attribute.
bool is_asked_for(const Modules& modules, const c10::ClassType& owner, const std::string& name) {
  std::set<const c10::ClassType*> seen;
  for (const auto& [path, module] : modules) {
    if (!seen.insert(module.type().get()).second) continue;
    for (torch::jit::Function* method : module.type()->methods()) {
      for (const Node* node : nodes_in_order(graph_of(*method))) {
        if (node->kind() == c10::prim::GetAttr && node->s(c10::attr::name) == name &&
            node->input()->type()->cast<c10::ClassType>().get() == &owner)
          return true;
      }
    }
  }
  return false;
}

}  // namespace

Diagnostics remove_modules(torch::jit::Module& model, const std::vector<std::string>& paths) {
  if (paths.empty()) return {};
  const auto callers = callers_of(modules_of(model), paths);
  std::map<std::string, std::set<std::string>> parts;  // by container
  for (const std::string& path : paths) parts[parent_and_name(path).first].insert(parent_and_name(path).second);
  std::map<std::string, std::string> keys;
  for (const auto& [caller, inner] : callers) keys[caller] += "calls no " + joined(inner);
  for (const auto& [container, names] : parts) keys[container] += "has no " + joined(names);
  model = split_classes(model, keys);

  const Modules modules = modules_of(model);
  std::set<const c10::ClassType*> done;  // modules with equal keys share one class
  for (const auto& [caller, inner] : callers) {
    const torch::jit::Module& module = modules.at(caller);
    if (!done.insert(module.type().get()).second) continue;
    for (torch::jit::Function* method : module.type()->methods()) {
      Graph& graph = graph_of(*method);
      const Received received = [&] { return results_of(modules, *module.type(), method->name()); };
      const auto reason = CallRemoval(graph, calls_of(graph, inner), received).run();
      if (reason) return {refused((caller.empty() ? "" : caller + ".") + *inner.begin(), *reason)};
    }
  }
  std::map<const c10::ClassType*, std::pair<c10::ClassTypePtr, std::set<std::string>>> classes;
  for (const auto& [container, names] : parts) {
    const torch::jit::Module& module = modules.at(container);
    std::set<std::size_t> slots;
    for (const std::string& name : names) {
      if (is_asked_for(modules, *module.type(), name)) return {refused(container + "." + name, "other code of the model uses it")};
      slots.insert(module.type()->getAttributeSlot(name));
    }
    for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) module._ivalue()->unsafeRemoveSlot(*slot);
    classes[module.type().get()] = {module.type(), names};
  }
  for (const auto& [key, type] : classes) {
    for (const std::string& name : type.second) type.first->unsafeRemoveAttribute(name);
  }
  return {};
}

}  // namespace prunec

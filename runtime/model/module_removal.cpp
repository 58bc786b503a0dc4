// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/module_removal.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "runtime/model/call_removal.h"
#include "runtime/model/class_split.h"
#include "runtime/model/node_order.h"

namespace prunec {

namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

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

std::string path_of(const std::string& container, const std::string& name) {
  return container.empty() ? name : container + "." + name;
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

/// The code of all methods, of each class once.
std::vector<const Node*> nodes_of(const Modules& modules) {
  std::vector<const Node*> nodes;
  std::set<const c10::ClassType*> seen;
  for (const auto& [path, module] : modules) {
    if (!seen.insert(module.type().get()).second) continue;
    for (torch::jit::Function* method : module.type()->methods()) {
      const std::vector<Node*> own = nodes_in_order(graph_of(*method));
      nodes.insert(nodes.end(), own.begin(), own.end());
    }
  }
  return nodes;
}

bool is_for(const Node& node, c10::Symbol kind, const c10::ClassType* owner, const std::string& name) {
  return node.kind() == kind && node.s(c10::attr::name) == name && node.input(0)->type()->cast<c10::ClassType>().get() == owner;
}

/// The results of all calls of a method of that class.
std::vector<const Value*> results_of(const Modules& modules, const c10::ClassType* owner, const std::string& method) {
  std::vector<const Value*> results;
  for (const Node* node : nodes_of(modules)) {
    if (is_for(*node, c10::prim::CallMethod, owner, method)) results.push_back(node->output());
  }
  return results;
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
      const ReceivedLists received = [&] { return results_of(modules, module.type().get(), method->name()); };
      const auto reason = remove_calls(graph, calls_of(graph, inner), received);
      if (reason) return {refused(path_of(caller, *inner.begin()), *reason)};
    }
  }
  const std::vector<const Node*> code = nodes_of(modules);
  std::map<const c10::ClassType*, std::pair<c10::ClassTypePtr, std::set<std::string>>> classes;
  for (const auto& [container, names] : parts) {
    const torch::jit::Module& module = modules.at(container);
    std::set<std::size_t> slots;
    for (const std::string& name : names) {
      const bool asked_for = std::any_of(code.begin(), code.end(),
                                         [&](const Node* node) { return is_for(*node, c10::prim::GetAttr, module.type().get(), name); });
      if (asked_for) return {refused(path_of(container, name), "other code of the model uses it")};
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

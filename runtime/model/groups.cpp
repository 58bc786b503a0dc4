// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/groups.h"

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>
#include <unordered_map>

#include "runtime/model/class_split.h"

namespace prunec {

namespace {

/// The input of a convolution node that holds its number of groups; none for other nodes.
std::optional<std::size_t> groups_input(const torch::jit::Node& node) {
  const c10::FunctionSchema* schema = node.maybeSchema();
  if (!schema || !schema->name().starts_with("aten::") || schema->name().find("conv") == std::string::npos) return std::nullopt;
  const auto index = schema->argumentIndexWithName("groups");
  return index ? std::optional<std::size_t>(static_cast<std::size_t>(*index)) : std::nullopt;
}

/// Rewrites every convolution in the block that has `edit.before` groups; returns how many there were.
int rewrite(torch::jit::Graph& graph, torch::jit::Block& block, const AttributeEdit& edit) {
  int count = 0;
  for (torch::jit::Node* node : block.nodes()) {
    if (const auto input = groups_input(*node)) {
      const auto value = torch::jit::toIValue(node->input(*input));
      if (value && value->isInt() && value->toInt() == edit.before) {
        // A constant of its own: the old one may serve other operations too.
        const torch::jit::WithInsertPoint before_node(node);
        node->replaceInput(*input, graph.insertConstant(edit.after));
        ++count;
      }
    }
    for (torch::jit::Block* inner : node->blocks()) count += rewrite(graph, *inner, edit);
  }
  return count;
}

int rewrite(const torch::jit::Module& module, const AttributeEdit& edit) {
  const c10::ClassTypePtr type = module.type();
  int count = 0;
  for (torch::jit::Function* method : type->methods()) {
    auto graph = torch::jit::toGraphFunction(*method).graph();
    count += rewrite(*graph, *graph->block(), edit);
  }
  if (const auto constant = type->findConstant("groups"); constant && constant->isInt() && constant->toInt() == edit.before) {
    type->unsafeRemoveConstant("groups");
    type->addConstant("groups", edit.after);
  }
  if (type->hasAttribute("groups") && module.attr("groups").isInt()) module._ivalue()->setAttr("groups", edit.after);
  return count;
}

/// The edits whose module shares its class with others, by module path: what each group of equal ones will be told apart by.
std::map<std::string, std::string> shared_classes(const torch::jit::Module& model, const std::vector<AttributeEdit>& edits) {
  std::unordered_map<const c10::ClassType*, int> instances;
  std::unordered_map<std::string, const c10::ClassType*> types;
  for (const auto& module : model.named_modules()) {
    ++instances[module.value.type().get()];
    types[module.name] = module.value.type().get();
  }
  std::map<std::string, std::string> keys;
  for (const AttributeEdit& edit : edits) {
    if (instances[types[edit.path]] > 1) keys[edit.path] = std::to_string(edit.after);
  }
  return keys;
}

}  // namespace

Diagnostics set_groups(torch::jit::Module& model, const std::vector<AttributeEdit>& edits) {
  Diagnostics diagnostics;
  if (edits.empty()) return diagnostics;
  const auto keys = shared_classes(model, edits);
  if (!keys.empty()) model = split_classes(model, keys);
  std::unordered_map<std::string, torch::jit::Module> modules;
  for (const auto& module : model.named_modules()) modules.emplace(module.name, module.value);
  std::map<std::pair<const c10::ClassType*, std::int64_t>, int> done;  // modules with equal edits share one class
  for (const AttributeEdit& edit : edits) {
    const torch::jit::Module& module = modules.at(edit.path);
    const auto [entry, is_new] = done.try_emplace({module.type().get(), edit.after}, 0);
    if (is_new) entry->second = rewrite(module, edit);
    if (entry->second > 0) continue;
    Diagnostic diagnostic{Code::kP0704, "the number of groups of `" + edit.path + "` cannot be changed from " +
                                            std::to_string(edit.before) + " to " + std::to_string(edit.after)};
    diagnostic.place = LayerPlace{edit.path};
    diagnostic.notes.push_back({{}, "no convolution in its code has a fixed number of " + std::to_string(edit.before) + " groups"});
    diagnostic.help = "leave the layer whole with `skip " + edit.path + "`";
    diagnostics.push_back(std::move(diagnostic));
  }
  return diagnostics;
}

}  // namespace prunec

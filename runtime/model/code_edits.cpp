// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/code_edits.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <torch/csrc/jit/ir/constants.h>
#include <unordered_map>

#include "runtime/model/class_split.h"
#include "runtime/model/code_graph.h"
#include "runtime/model/unused_nodes.h"

namespace prunec {

namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// All edits of one module's code.
struct ModuleEdits {
  std::vector<ArgumentEdit> arguments;
  std::vector<SplitEdit> splits;
  std::vector<IndexSelection> selections;
  std::vector<InputSelection> inputs;
};

std::string numbers_text(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text += std::to_string(number) + ",";
  return text;
}

/// What sets a module apart from others of its class: the paths of its edits do not, all else does.
std::string key_of(const ModuleEdits& edits) {
  const auto place = [](const CodePlace& at) { return at.method + "#" + numbers_text(at.nodes); };
  std::string key;
  for (const ArgumentEdit& e : edits.arguments) key += place(e.place) + e.argument + numbers_text({e.element, e.after}) + ";";
  for (const SplitEdit& e : edits.splits) key += place(e.place) + "split" + numbers_text(e.after) + ";";
  for (const IndexSelection& e : edits.selections) key += place(e.first) + place(e.last) + numbers_text(e.index) + ";";
  for (const InputSelection& e : edits.inputs) key += place(e.place) + "input" + numbers_text(e.index) + ";";
  return key;
}

Diagnostic refused(const CodePlace& place, const std::string& what, std::string reason) {
  Diagnostic diagnostic{Code::kP0704, what, LayerPlace{place.module}};
  diagnostic.notes.push_back({{}, std::move(reason)});
  diagnostic.notes.push_back({{}, "the operation is " + to_string(place)});
  diagnostic.help = "keep the channels around it with `skip`";
  return diagnostic;
}

/// The input of that name; none when the operation has no such one.
std::optional<std::size_t> input_named(const Node& node, const std::string& name) {
  const c10::FunctionSchema* schema = node.maybeSchema();
  const auto index = schema ? schema->argumentIndexWithName(name) : std::nullopt;
  if (!index || static_cast<std::size_t>(*index) >= node.inputs().size()) return std::nullopt;
  return static_cast<std::size_t>(*index);
}

/// The list with another number at one place. A list of its own: the old one may serve other operations too.
Value* list_with(Graph& graph, Value* list, std::int64_t element, std::int64_t number) {
  const auto at = static_cast<std::size_t>(element);
  if (const auto constant = torch::jit::toIValue(list); constant && constant->isIntList()) {
    std::vector<std::int64_t> numbers = constant->toIntVector();
    numbers.at(at) = number;
    return graph.insertConstant(numbers);
  }
  if (list->node()->kind() == c10::prim::ListConstruct) {
    std::vector<Value*> elements(list->node()->inputs().begin(), list->node()->inputs().end());
    elements.at(at) = graph.insertConstant(number);
    return graph.insertNode(graph.createList(c10::IntType::get(), elements))->output();
  }
  Value* before = graph.insert(c10::aten::slice, {list, 0, element, 1});
  Value* self = graph.insertNode(graph.createList(c10::IntType::get(), {graph.insertConstant(number)}))->output();
  Value* after = graph.insert(c10::aten::slice, {list, element + 1, c10::IValue(), 1});
  return graph.insert(c10::aten::add, {graph.insert(c10::aten::add, {before, self}), after});
}

class MethodEditor {
 public:
  explicit MethodEditor(Graph& graph) : graph_(graph), code_(graph) {}

  // Every place is looked up before anything is changed.
  void look_up(const CodePlace& place) { nodes_[place.nodes] = code_.find(place.nodes); }

  std::optional<Diagnostic> apply(const ArgumentEdit& edit) {
    const std::string what = "`" + edit.argument + "` of `" + edit.operation + "` cannot be changed from " + std::to_string(edit.before) +
                             " to " + std::to_string(edit.after);
    Node* node = found(edit.place, edit.operation);
    if (!node) return refused(edit.place, what, "no such operation stands there in the code");
    const auto input = input_named(*node, edit.argument);
    if (!input) return refused(edit.place, what, "the operation has no such argument");
    const torch::jit::WithInsertPoint before(node);
    node->replaceInput(
        *input, edit.element < 0 ? graph_.insertConstant(edit.after) : list_with(graph_, node->input(*input), edit.element, edit.after));
    return std::nullopt;
  }

  std::optional<Diagnostic> apply(const SplitEdit& edit) {
    Node* node = found(edit.place, edit.operation);
    const auto dim = node ? input_named(*node, "dim") : std::nullopt;
    if (!dim) {
      return refused(edit.place, "the sizes of the parts of `" + edit.operation + "` cannot be changed",
                     "no such operation stands there in the code");
    }
    const torch::jit::WithInsertPoint before(node);
    Value* parts = graph_.insert(c10::aten::split_with_sizes, {node->input(0), edit.after, node->input(*dim)});
    parts->copyMetadata(node->output());
    node->output()->replaceAllUsesWith(parts);
    remove_unused({node});
    return std::nullopt;
  }

  std::optional<Diagnostic> apply(const IndexSelection& edit) {
    Node* first = nodes_[edit.first.nodes];
    Node* last = nodes_[edit.last.nodes];
    const std::string what = "the channel shuffle cannot be replaced by a selection";
    if (!first || !last || last->outputs().size() != 1) return refused(edit.first, what, "no such operation stands there in the code");
    if (first->owningBlock() != last->owningBlock()) return refused(edit.first, what, "only a part of it always runs");
    const torch::jit::WithInsertPoint before(last);
    Value* selected = selection_of(first->input(0), edit.axis, edit.index);
    selected->copyMetadata(last->output());
    last->output()->replaceAllUsesWith(selected);
    remove_unused({last});
    return std::nullopt;
  }

  std::optional<Diagnostic> apply(const InputSelection& edit) {
    Node* node = found(edit.place, edit.operation);
    if (!node) {
      return refused(edit.place, "no selection can be put before `" + edit.operation + "`", "no such operation stands there in the code");
    }
    const torch::jit::WithInsertPoint before(node);
    node->replaceInput(0, selection_of(node->input(0), 1, edit.index));
    return std::nullopt;
  }

 private:
  Value* selection_of(Value* channels, std::int64_t axis, const std::vector<std::int64_t>& numbers) {
    Value* device = graph_.insert(c10::prim::device, {channels});
    Value* index = graph_.insert(c10::aten::tensor, {numbers}, {{"device", device}});
    return graph_.insert(c10::aten::index_select, {channels, axis, index});
  }

  Node* found(const CodePlace& place, const std::string& operation) {
    Node* node = nodes_[place.nodes];
    return node && node->kind().toQualString() == operation ? node : nullptr;
  }

  Graph& graph_;
  CodeGraph code_;
  std::map<std::vector<std::int64_t>, Node*> nodes_;
};

Diagnostics edit_module(const torch::jit::Module& module, const ModuleEdits& edits) {
  std::map<std::string, MethodEditor> methods;
  const auto editor = [&](const CodePlace& place) -> MethodEditor& {
    const auto known = methods.find(place.method);
    if (known != methods.end()) return known->second;
    torch::jit::Function& method = module.type()->getMethod(place.method);
    return methods.try_emplace(place.method, *torch::jit::toGraphFunction(method).graph()).first->second;
  };
  for (const ArgumentEdit& e : edits.arguments) editor(e.place).look_up(e.place);
  for (const SplitEdit& e : edits.splits) editor(e.place).look_up(e.place);
  for (const IndexSelection& e : edits.selections) {
    editor(e.first).look_up(e.first);
    editor(e.last).look_up(e.last);
  }
  for (const InputSelection& e : edits.inputs) editor(e.place).look_up(e.place);
  Diagnostics diagnostics;
  const auto apply = [&](const CodePlace& place, const auto& edit) {
    if (auto problem = editor(place).apply(edit)) diagnostics.push_back(std::move(*problem));
  };
  for (const ArgumentEdit& e : edits.arguments) apply(e.place, e);
  for (const SplitEdit& e : edits.splits) apply(e.place, e);
  for (const IndexSelection& e : edits.selections) apply(e.first, e);
  for (const InputSelection& e : edits.inputs) apply(e.place, e);
  return diagnostics;
}

std::map<std::string, ModuleEdits> by_module(const Edits& edits) {
  std::map<std::string, ModuleEdits> modules;
  for (const ArgumentEdit& e : edits.arguments) modules[e.place.module].arguments.push_back(e);
  for (const SplitEdit& e : edits.splits) modules[e.place.module].splits.push_back(e);
  for (const IndexSelection& e : edits.selections) modules[e.first.module].selections.push_back(e);
  for (const InputSelection& e : edits.inputs) modules[e.place.module].inputs.push_back(e);
  return modules;
}

}  // namespace

Diagnostics edit_code(torch::jit::Module& model, const Edits& edits) {
  const std::map<std::string, ModuleEdits> modules = by_module(edits);
  if (modules.empty()) return {};
  std::unordered_map<const c10::ClassType*, int> instances;
  std::unordered_map<std::string, const c10::ClassType*> types;
  for (const auto& module : model.named_modules()) {
    ++instances[module.value.type().get()];
    types[module.name] = module.value.type().get();
  }
  std::map<std::string, std::string> keys;
  for (const auto& [path, module_edits] : modules) {
    if (instances[types[path]] > 1) keys[path] = key_of(module_edits);
  }
  if (!keys.empty()) model = split_classes(model, keys);
  std::unordered_map<std::string, torch::jit::Module> found;
  for (const auto& module : model.named_modules()) found.emplace(module.name, module.value);
  std::set<const c10::ClassType*> done;  // modules with equal edits share one class
  Diagnostics diagnostics;
  for (const auto& [path, module_edits] : modules) {
    const torch::jit::Module& module = found.at(path);
    if (done.insert(module.type().get()).second) append(diagnostics, edit_module(module, module_edits));
  }
  return diagnostics;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/record.h"

#include <algorithm>
#include <torch/csrc/jit/ir/ir.h>
#include <unordered_map>
#include <unordered_set>

#include "runtime/model/calling.h"
#include "runtime/model/interpreter.h"
#include "runtime/model/module_paths.h"
#include "runtime/model/node_order.h"

namespace prunec {

namespace {

void collect_tensors(const c10::IValue& value, std::vector<at::Tensor>& out) {
  if (value.isTensor()) {
    if (value.toTensor().defined()) out.push_back(value.toTensor());
  } else if (value.isTuple()) {
    for (const c10::IValue& element : value.toTupleRef().elements()) collect_tensors(element, out);
  } else if (value.isList()) {
    for (const c10::IValue& element : value.toListRef()) collect_tensors(element, out);
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) collect_tensors(entry.value(), out);
  }
}

bool is_in_place(const torch::jit::Node& node) {
  const std::string name = node.kind().toUnqualString();
  return !name.empty() && name.back() == '_' && !name.ends_with("__");
}

class Recorder : public OperationObserver {
 public:
  explicit Recorder(const torch::jit::Module& model) : paths_(model) {
    for (const auto& parameter : model.named_parameters()) keys_.emplace(parameter.value.unsafeGetTensorImpl(), parameter.name);
    for (const auto& buffer : model.named_buffers()) keys_.emplace(buffer.value.unsafeGetTensorImpl(), buffer.name);
  }

  ValueId add_input(const at::Tensor& input) {
    trace_.inputs.push_back(create(input));
    return trace_.inputs.back();
  }

  void operation(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& inputs,
                 const std::vector<c10::IValue>& outputs) override {
    std::vector<at::Tensor> read;
    for (const RunValue& input : inputs) collect_tensors(input.value, read);
    std::vector<at::Tensor> made;
    for (const c10::IValue& output : outputs) collect_tensors(output, made);
    if (const RunValue* size = compared_size(node, inputs)) return compare(node, site, inputs, size->size_of);
    if ((read.empty() && made.empty()) || only_hands_on(node, read, made)) return;

    Operation operation{node.kind().toQualString(), paths_.of(site.module), {}, {}, place_of(node, site)};
    const c10::FunctionSchema* schema = node.maybeSchema();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const bool named = schema && i < schema->arguments().size();
      operation.arguments.push_back({named ? schema->arguments()[i].name() : std::to_string(i), argument(inputs[i])});
    }
    for (const at::Tensor& tensor : made) operation.results.push_back(create_result(tensor, read));
    trace_.operations.push_back(std::move(operation));
  }

  OpTrace finish(const c10::IValue& result) {
    for (const at::Tensor& output : tensors_in(result)) trace_.outputs.push_back(find(output));
    return std::move(trace_);
  }

 private:
  /// Putting a tensor into a list or a dict or taking it out, or an operation that gives back its own input, makes nothing new.
  static bool only_hands_on(const torch::jit::Node& node, const std::vector<at::Tensor>& read, const std::vector<at::Tensor>& made) {
    static const std::unordered_set<std::string> fills_container{"aten::_set_item", "aten::append", "aten::extend", "aten::insert",
                                                                 "aten::clear",     "aten::Delete", "aten::reverse"};
    if (made.empty() && fills_container.contains(node.kind().toQualString())) return true;
    return !made.empty() && !is_in_place(node) && std::all_of(made.begin(), made.end(), [&](const at::Tensor& tensor) {
      return std::any_of(read.begin(), read.end(), [&](const at::Tensor& t) { return t.is_same(tensor); });
    });
  }

  /// The one of two compared numbers that is the size of a tensor, where the other stands in the model's text; null otherwise.
  static const RunValue* compared_size(const torch::jit::Node& node, const std::vector<RunValue>& inputs) {
    static const std::unordered_set<c10::Symbol> comparisons{c10::aten::eq, c10::aten::ne, c10::aten::lt,
                                                             c10::aten::le, c10::aten::gt, c10::aten::ge};
    if (inputs.size() != 2 || !inputs[0].value.isInt() || !inputs[1].value.isInt() || !comparisons.contains(node.kind())) return nullptr;
    for (const std::size_t i : {0U, 1U}) {
      if (inputs[i].size_of.axis && inputs[1 - i].literal) return &inputs[i];
    }
    return nullptr;
  }

  /// The comparison as an operation on the tensor whose size it is about.
  void compare(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& inputs, const SizeOf& size) {
    const auto tensor = ids_.find(size.tensor);
    if (tensor == ids_.end()) return;
    trace_.operations.push_back({node.kind().toQualString(),
                                 paths_.of(site.module),
                                 {{"a", argument(inputs[0])},
                                  {"b", argument(inputs[1])},
                                  {kComparedTensor, TensorRef{tensor->second}},
                                  {kComparedAxis, Integer{*size.axis, true}}},
                                 {},
                                 place_of(node, site)});
  }

  CodePlace place_of(const torch::jit::Node& node, const CodeSite& site) {
    CodePlace place{paths_.of(site.module), site.method->name(), {}};
    for (const torch::jit::Node* call : site.calls) place.nodes.push_back(number_of(*call));
    place.nodes.push_back(number_of(node));
    return place;
  }

  std::int64_t number_of(const torch::jit::Node& node) {
    const auto [entry, is_new] = numbers_.try_emplace(node.owningGraph());
    if (is_new) {
      std::int64_t number = 0;
      for (const torch::jit::Node* each : nodes_in_order(const_cast<torch::jit::Graph&>(*node.owningGraph())))
        entry->second.emplace(each, number++);
    }
    return entry->second.at(&node);
  }

  ValueId create_result(const at::Tensor& tensor, const std::vector<at::Tensor>& read) {
    bool aliased = false;
    for (const at::Tensor& source : read) {
      if (!source.is_alias_of(tensor)) continue;
      TensorValue& value = trace_.values[find(source)];
      // The same tensor again, changed in place, is no alias; it has those that it had.
      value.aliased = value.aliased || !source.is_same(tensor);
      aliased = aliased || value.aliased;
    }
    const ValueId id = create(tensor);
    trace_.values[id].aliased = aliased;
    return id;
  }

  ValueId create(const at::Tensor& tensor) {
    const auto id = static_cast<ValueId>(trace_.values.size());
    TensorValue value{tensor.sizes().vec(), {}, false};
    if (const auto key = keys_.find(tensor.unsafeGetTensorImpl()); key != keys_.end()) value.name = key->second;
    trace_.values.push_back(std::move(value));
    ids_[tensor.unsafeGetTensorImpl()] = id;
    // The weak reference lets the data go but keeps the address from being used again for another tensor.
    alive_.emplace_back(tensor.getIntrusivePtr());
    return id;
  }

  ValueId find(const at::Tensor& tensor) {
    const auto it = ids_.find(tensor.unsafeGetTensorImpl());
    return it == ids_.end() ? create(tensor) : it->second;
  }

  ArgumentValue argument(const RunValue& input) {
    const c10::IValue& value = input.value;
    if (value.isNone()) return None{};
    if (value.isTensor()) return value.toTensor().defined() ? ArgumentValue(TensorRef{find(value.toTensor())}) : ArgumentValue(None{});
    if (value.isInt()) return Integer{value.toInt(), input.literal};
    if (value.isBool()) return value.toBool();
    if (value.isDouble()) return value.toDouble();
    if (value.isString()) return value.toStringRef();
    if (value.isIntList()) return integers(input);
    if (value.isList()) return tensors(value);
    return Opaque{};
  }

  static ArgumentValue integers(const RunValue& input) {
    std::vector<Integer> list;
    const auto numbers = input.value.toIntVector();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      list.push_back({numbers[i], i < input.elements.size() ? input.elements[i] : input.literal});
    }
    return list;
  }

  ArgumentValue tensors(const c10::IValue& value) {
    std::vector<at::Tensor> found;
    collect_tensors(value, found);
    if (found.empty()) return Opaque{};
    std::vector<TensorRef> refs;
    for (const at::Tensor& tensor : found) refs.push_back({find(tensor)});
    return refs;
  }

  OpTrace trace_;
  ModulePaths paths_;
  std::unordered_map<const torch::jit::Graph*, std::unordered_map<const torch::jit::Node*, std::int64_t>> numbers_;
  std::unordered_map<const c10::TensorImpl*, std::string> keys_;
  std::unordered_map<const c10::TensorImpl*, ValueId> ids_;
  std::vector<c10::weak_intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>> alive_;
};

}  // namespace

OpTrace record_forward(const torch::jit::Module& model, const at::Tensor& input) {
  Recorder recorder(model);
  const c10::IValue argument = argument_for(model, input);
  for (const at::Tensor& tensor : tensors_in(argument)) recorder.add_input(tensor);
  const c10::IValue result = interpret_forward(model, {argument}, &recorder);
  return recorder.finish(result);
}

std::vector<at::Tensor> tensors_in(const c10::IValue& value) {
  std::vector<at::Tensor> tensors;
  collect_tensors(value, tensors);
  return tensors;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/interpreter.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/runtime/operator.h>
#include <unordered_map>

namespace prunec {

namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// One activation of a graph: the values it has computed so far.
class Frame {
 public:
  Frame(CodeSite site, OperationObserver* observer) : site_(std::move(site)), observer_(observer) {}

  std::vector<RunValue> run(const Graph& graph, std::vector<RunValue> arguments) {
    TORCH_CHECK(graph.inputs().size() == arguments.size(), "a call passes ", arguments.size(), " values to a graph of ",
                graph.inputs().size());
    for (std::size_t i = 0; i < arguments.size(); ++i) values_[graph.inputs()[i]] = std::move(arguments[i]);
    run(*graph.block());
    return read(graph.outputs());
  }

 private:
  void run(const Block& block) {
    for (const Node* node : block.nodes()) run(*node);
  }

  void run(const Node& node) {
    switch (node.kind()) {
      case c10::prim::Constant:
        return constant(node);
      case c10::prim::GetAttr:
        return get_attribute(node);
      case c10::prim::SetAttr:
        return read(node.input(0)).value.toObject()->setAttr(node.s(c10::attr::name), read(node.input(1)).value);
      case c10::prim::CallMethod:
        return call_method(node);
      case c10::prim::CallFunction:
        return call_function(node);
      case c10::prim::If:
        return branch(node);
      case c10::prim::Loop:
        return loop(node);
      case c10::prim::CreateObject:
        return create_object(node);
      case c10::prim::Uninitialized:
        return write(node.output(), {c10::IValue::uninitialized(), true, {}});
      case c10::prim::ListConstruct:
        return list_construct(node);
      case c10::prim::TupleConstruct:
        return tuple_construct(node);
      case c10::prim::DictConstruct:
        return dict_construct(node);
      case c10::prim::ListUnpack:
        return list_unpack(node);
      case c10::prim::isinstance:
        return is_instance(node);
      case c10::aten::warn:
        return;  // a remark to the model's user, who is not here
      default:
        return node.outputs().size() == 1 && is_pass_through(node) ? write(node.output(), read(node.input(0))) : operation(node);
    }
  }

  static bool is_pass_through(const Node& node) {
    return node.kind() == c10::prim::unchecked_cast || node.kind() == c10::prim::unchecked_unwrap_optional;
  }

  void constant(const Node& node) {
    if (node.outputs().empty() || node.output()->type()->kind() == c10::TypeKind::FunctionType) return;
    write(node.output(), {torch::jit::toIValue(node.output()).value(), true, {}});
  }

  void get_attribute(const Node& node) {
    c10::IValue value = read(node.input(0)).value.toObject()->getAttr(node.s(c10::attr::name));
    const bool literal = !value.isTensor() && !value.isObject();
    write(node.output(), {std::move(value), literal, {}});
  }

  void call_method(const Node& node) {
    const torch::jit::Object callee(read(node.input(0)).value.toObject());
    // The object's own class decides, not the static type: a call through an interface reaches the method of what is behind it.
    torch::jit::Function& method = callee.type()->getMethod(node.s(c10::attr::name));
    call(node, method, callee.type()->is_module() ? CodeSite{&callee, &method} : site_.inside(node), read(node.inputs()));
  }

  void call_function(const Node& node) {
    const auto type = node.input(0)->type()->expect<c10::FunctionType>();
    std::vector<RunValue> arguments;
    for (std::size_t i = 1; i < node.inputs().size(); ++i) arguments.push_back(read(node.input(i)));
    call(node, *type->function(), site_.inside(node), std::move(arguments));
  }

  void call(const Node& node, torch::jit::Function& function, CodeSite site, std::vector<RunValue> arguments) {
    function.ensure_defined();
    std::vector<RunValue> results =
        Frame(std::move(site), observer_).run(*torch::jit::toGraphFunction(function).graph(), std::move(arguments));
    write(node.outputs(), std::move(results));
  }

  void branch(const Node& node) {
    const Block& taken = *node.blocks()[read(node.input(0)).value.toBool() ? 0 : 1];
    run(taken);
    write(node.outputs(), read(taken.outputs()));
  }

  void loop(const Node& node) {
    const Block& body = *node.blocks()[0];
    const std::int64_t limit = read(node.input(0)).value.toInt();
    bool go_on = read(node.input(1)).value.toBool();
    std::vector<RunValue> carried = read(node.inputs().slice(2));
    for (std::int64_t i = 0; i < limit && go_on; ++i) {
      write(body.inputs()[0], {i, true, {}});
      write(body.inputs().slice(1), std::move(carried));
      run(body);
      go_on = read(body.outputs()[0]).value.toBool();
      carried = read(body.outputs().slice(1));
    }
    write(node.outputs(), std::move(carried));
  }

  void create_object(const Node& node) {
    const auto type = node.output()->type()->expect<c10::ClassType>();
    write(node.output(),
          {c10::ivalue::Object::create(c10::WeakOrStrongTypePtr(c10::StrongTypePtr(type->compilation_unit(), type)), type->numAttributes()),
           false,
           {}});
  }

  void list_construct(const Node& node) {
    const std::vector<RunValue> inputs = read(node.inputs());
    const auto type = node.output()->type()->expect<c10::ListType>();
    c10::impl::GenericList list(type->getElementType());
    RunValue result{c10::IValue(), true, {}};
    for (const RunValue& input : inputs) {
      list.push_back(input.value);
      result.elements.push_back(input.literal);
      result.literal = result.literal && input.literal;
    }
    result.value = std::move(list);
    write(node.output(), std::move(result));
  }

  void tuple_construct(const Node& node) {
    std::vector<c10::IValue> elements = values_of(read(node.inputs()));
    const auto type = node.output()->type()->expect<c10::TupleType>();
    write(node.output(),
          {type->name() ? c10::ivalue::Tuple::createNamed(std::move(elements), type) : c10::ivalue::Tuple::create(std::move(elements)),
           false,
           {}});
  }

  void dict_construct(const Node& node) {
    const std::vector<RunValue> inputs = read(node.inputs());
    const auto type = node.output()->type()->expect<c10::DictType>();
    c10::impl::GenericDict dict(type->getKeyType(), type->getValueType());
    for (std::size_t i = 0; i + 1 < inputs.size(); i += 2) dict.insert_or_assign(inputs[i].value, inputs[i + 1].value);
    write(node.output(), {std::move(dict), false, {}});
  }

  void list_unpack(const Node& node) {
    const RunValue list = read(node.input());
    const auto elements = list.value.toList();
    TORCH_CHECK(elements.size() == node.outputs().size(), "expected ", node.outputs().size(), " elements in a list, found ",
                elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      write(node.outputs()[i], {elements.get(i),
                                list.elements.empty() ? list.literal : list.elements[i],
                                {},
                                size_at(list.size_of, static_cast<std::int64_t>(i))});
    }
  }

  void is_instance(const Node& node) {
    const c10::TypePtr actual = read(node.input()).value.type();
    const auto& candidates = node.tys(c10::attr::types);
    const bool matches = std::any_of(candidates.begin(), candidates.end(), [&](const c10::TypePtr& t) { return actual->isSubtypeOf(*t); });
    write(node.output(), {matches, true, {}});
  }

  void operation(const Node& node) {
    const std::vector<RunValue> inputs = read(node.inputs());
    torch::jit::Stack stack;
    bool literal = true;
    for (const RunValue& input : inputs) {
      stack.push_back(input.value);
      literal = literal && input.literal;
    }
    const torch::jit::Operator* op = node.maybeOperator();
    if (op && op->schema().is_vararg()) stack.emplace_back(static_cast<std::int64_t>(inputs.size()));
    node.getOperation()(stack);
    TORCH_CHECK(stack.size() == node.outputs().size(), node.kind().toQualString(), " left ", stack.size(), " values");
    if (observer_) observer_->operation(node, site_, inputs, stack);
    const SizeOf size = size_read_by(node, inputs);
    for (std::size_t i = 0; i < stack.size(); ++i) write(node.outputs()[i], {std::move(stack[i]), literal, {}, size});
  }

  static SizeOf size_at(const SizeOf& list, std::int64_t axis) { return list.tensor && !list.axis ? SizeOf{list.tensor, axis} : SizeOf{}; }

  /// What the operation's result is the size of.
  static SizeOf size_read_by(const Node& node, const std::vector<RunValue>& inputs) {
    const auto wrapped = [](std::int64_t axis, std::int64_t rank) { return axis < 0 ? axis + rank : axis; };
    if (node.kind() == c10::aten::size && inputs[0].value.isTensor()) {
      const at::Tensor& tensor = inputs[0].value.toTensor();
      if (inputs.size() == 1) return {tensor.unsafeGetTensorImpl(), {}};
      if (inputs[1].value.isInt()) return {tensor.unsafeGetTensorImpl(), wrapped(inputs[1].value.toInt(), tensor.dim())};
    }
    if (node.kind() == c10::aten::__getitem__ && inputs[0].size_of.tensor && inputs[1].value.isInt()) {
      return size_at(inputs[0].size_of, wrapped(inputs[1].value.toInt(), static_cast<std::int64_t>(inputs[0].value.toListRef().size())));
    }
    return {};
  }

  static std::vector<c10::IValue> values_of(const std::vector<RunValue>& list) {
    std::vector<c10::IValue> values;
    for (const RunValue& element : list) values.push_back(element.value);
    return values;
  }

  const RunValue& read(const Value* value) const { return values_.at(value); }

  std::vector<RunValue> read(at::ArrayRef<const Value*> list) const {
    std::vector<RunValue> out;
    out.reserve(list.size());
    for (const Value* value : list) {
      // A function constant has no value of its own; only calls name it.
      const auto it = values_.find(value);
      out.push_back(it == values_.end() ? RunValue{} : it->second);
    }
    return out;
  }

  void write(const Value* value, RunValue content) { values_[value] = std::move(content); }

  void write(at::ArrayRef<const Value*> list, std::vector<RunValue> contents) {
    for (std::size_t i = 0; i < list.size(); ++i) write(list[i], std::move(contents[i]));
  }

  CodeSite site_;
  OperationObserver* observer_;
  std::unordered_map<const Value*, RunValue> values_;
};

}  // namespace

c10::IValue interpret_forward(const torch::jit::Module& model, std::vector<c10::IValue> inputs, OperationObserver* observer) {
  const at::NoGradGuard no_gradients;
  const torch::jit::Method forward = model.get_method("forward");
  std::vector<RunValue> arguments{{model._ivalue(), false, {}}};
  for (c10::IValue& input : inputs) arguments.push_back({std::move(input), false, {}});
  const auto& schema = forward.function().getSchema();
  for (std::size_t i = arguments.size(); i < schema.arguments().size(); ++i) {
    const c10::Argument& argument = schema.arguments()[i];
    TORCH_CHECK(argument.default_value(), "forward needs a value for `", argument.name(), "`");
    arguments.push_back({*argument.default_value(), true, {}});
  }
  std::vector<RunValue> results = Frame({&model, &forward.function()}, observer).run(*forward.graph(), std::move(arguments));
  return std::move(results.at(0).value);
}

}  // namespace prunec

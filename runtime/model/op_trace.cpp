// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/op_trace.h"

#include <algorithm>

namespace prunec {

namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? "," : "") + std::to_string(shape[i]);
  return text + "]";
}

std::string value_text(const OpTrace& trace, ValueId id) {
  const TensorValue& value = trace.values[id];
  return "%" + std::to_string(id) + shape_text(value.shape) + (value.name.empty() ? "" : "{" + value.name + "}");
}

std::string integer_text(const Integer& integer) {
  return std::to_string(integer.value) + (integer.literal ? "" : "*");
}

template <typename List, typename Print>
std::string list_text(const List& list, Print print) {
  std::string text = "[";
  for (std::size_t i = 0; i < list.size(); ++i) text += (i ? ", " : "") + print(list[i]);
  return text + "]";
}

std::string argument_text(const OpTrace& trace, const ArgumentValue& argument) {
  return std::visit(
      Overloaded{
          [](None) -> std::string { return "none"; }, [](Opaque) -> std::string { return "?"; },
          [&](TensorRef ref) { return value_text(trace, ref.id); },
          [&](const std::vector<TensorRef>& refs) { return list_text(refs, [&](TensorRef ref) { return value_text(trace, ref.id); }); },
          [](const Integer& integer) { return integer_text(integer); },
          [](const std::vector<Integer>& integers) { return list_text(integers, integer_text); },
          [](bool flag) -> std::string { return flag ? "true" : "false"; }, [](double number) { return std::to_string(number); },
          [](const std::string& text) { return "\"" + text + "\""; }},
      argument);
}

}  // namespace

const ArgumentValue* Operation::find(std::string_view argument) const {
  const auto it = std::find_if(arguments.begin(), arguments.end(), [&](const Argument& a) { return a.name == argument; });
  return it == arguments.end() ? nullptr : &it->value;
}

std::optional<ValueId> Operation::tensor(std::string_view argument) const {
  const ArgumentValue* value = find(argument);
  const TensorRef* ref = value ? std::get_if<TensorRef>(value) : nullptr;
  return ref ? std::optional(ref->id) : std::nullopt;
}

std::vector<ValueId> Operation::tensors() const {
  std::vector<ValueId> ids;
  for (const Argument& argument : arguments) {
    if (const auto* ref = std::get_if<TensorRef>(&argument.value)) ids.push_back(ref->id);
    if (const auto* refs = std::get_if<std::vector<TensorRef>>(&argument.value)) {
      for (TensorRef ref : *refs) ids.push_back(ref.id);
    }
  }
  return ids;
}

std::optional<std::int64_t> Operation::integer(std::string_view argument) const {
  const ArgumentValue* value = find(argument);
  const Integer* integer = value ? std::get_if<Integer>(value) : nullptr;
  return integer ? std::optional(integer->value) : std::nullopt;
}

std::vector<std::int64_t> Operation::integers(std::string_view argument) const {
  if (const auto single = integer(argument)) return {*single};
  std::vector<std::int64_t> numbers;
  const ArgumentValue* value = find(argument);
  if (const auto* list = value ? std::get_if<std::vector<Integer>>(value) : nullptr) {
    for (const Integer& element : *list) numbers.push_back(element.value);
  }
  return numbers;
}

bool Operation::flag(std::string_view argument) const {
  const ArgumentValue* value = find(argument);
  const bool* flag = value ? std::get_if<bool>(value) : nullptr;
  return flag && *flag;
}

std::string to_string(const OpTrace& trace) {
  std::string text;
  for (const Operation& operation : trace.operations) {
    for (std::size_t i = 0; i < operation.results.size(); ++i) text += (i ? ", " : "") + value_text(trace, operation.results[i]);
    text += " = " + operation.name + "(";
    for (std::size_t i = 0; i < operation.arguments.size(); ++i) {
      text += (i ? ", " : "") + operation.arguments[i].name + "=" + argument_text(trace, operation.arguments[i].value);
    }
    text += ")" + (operation.module_path.empty() ? "" : "  # " + operation.module_path) + "\n";
  }
  return text;
}

}  // namespace prunec

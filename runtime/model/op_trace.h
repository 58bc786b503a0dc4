// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What one run of a model executed, as plain data. Every file format produces this same form, and everything after it is format-blind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/model/code_place.h"

namespace prunec {

/// Index into `OpTrace::values`. An operation in place gives its tensor a new id: an id names one content.
using ValueId = std::uint32_t;

struct TensorValue {
  std::vector<std::int64_t> shape;
  std::string name;      ///< state_dict key of a parameter or buffer, else empty
  bool aliased = false;  ///< another tensor is a view of its data, or it is a view of another's

  friend bool operator==(const TensorValue&, const TensorValue&) = default;
};

/// A whole number that an operation was given. `literal` when it stands in the model's text or among its attributes, so that it would
/// stay as it is when widths change; false when the run computed it from a tensor's size.
struct Integer {
  std::int64_t value = 0;
  bool literal = true;

  friend bool operator==(const Integer&, const Integer&) = default;
};

struct None {
  friend bool operator==(const None&, const None&) = default;
};
/// A value that no rule about channels needs, such as a device or a data type.
struct Opaque {
  friend bool operator==(const Opaque&, const Opaque&) = default;
};
struct TensorRef {
  ValueId id = 0;

  friend bool operator==(const TensorRef&, const TensorRef&) = default;
};

using ArgumentValue =
    std::variant<None, Opaque, TensorRef, std::vector<TensorRef>, Integer, std::vector<Integer>, bool, double, std::string>;

struct Argument {
  std::string name;  ///< as in the operator's schema
  ArgumentValue value;

  friend bool operator==(const Argument&, const Argument&) = default;
};

struct Operation {
  std::string name;         ///< "aten::conv2d"
  std::string module_path;  ///< of the innermost module that ran it; empty: the model itself
  std::vector<Argument> arguments;
  std::vector<ValueId> results;  ///< tensors, lists and tuples flattened
  CodePlace place{};

  friend bool operator==(const Operation&, const Operation&) = default;

  const ArgumentValue* find(std::string_view argument) const;
  /// The tensor of that name, if it was given.
  std::optional<ValueId> tensor(std::string_view argument) const;
  /// All tensors that it was given, in order.
  std::vector<ValueId> tensors() const;
  std::optional<std::int64_t> integer(std::string_view argument) const;
  /// The whole numbers of a list argument, or of a single one as a list of one; empty when it is absent.
  std::vector<std::int64_t> integers(std::string_view argument) const;
  bool flag(std::string_view argument) const;
};

/// Arguments of a comparison of two numbers `a` and `b`, of which one is the size of a tensor along an axis: it has no results.
inline constexpr const char* kComparedTensor = "size of";
inline constexpr const char* kComparedAxis = "axis";

struct OpTrace {
  std::vector<TensorValue> values;
  std::vector<Operation> operations;
  std::vector<ValueId> inputs;
  std::vector<ValueId> outputs;  ///< all tensors in what the model returns

  friend bool operator==(const OpTrace&, const OpTrace&) = default;
};

/// One line per operation, for tests and for people.
std::string to_string(const OpTrace& trace);

}  // namespace prunec

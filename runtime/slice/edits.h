// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The whole change that pruning makes to a model, as plain data: printable, comparable and replayable in any file format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/model/code_place.h"

namespace prunec {

/// Keep these positions of one axis of a parameter or buffer, in this order.
///
/// With several groups, the axis belongs to the weight of a convolution in groups and spans one group only, while `kept` counts over all
/// groups one after the other: group g's rows (axis 0) keep their own share. Each group that keeps anything keeps as many as the others;
/// the rows of one that keeps nothing are cut by an edit of axis 0, which comes first.
struct TensorEdit {
  std::string tensor;  ///< state_dict key
  std::int64_t axis = 0;
  std::vector<std::int64_t> kept;  ///< sorted, never empty
  std::int64_t groups = 1;         ///< as they were before

  friend bool operator==(const TensorEdit&, const TensorEdit&) = default;
};

/// Give a whole-number attribute of a module another value, such as the `groups` of a depthwise convolution.
struct AttributeEdit {
  std::string path;  ///< module path
  std::string name;
  std::int64_t before = 0;
  std::int64_t after = 0;

  friend bool operator==(const AttributeEdit&, const AttributeEdit&) = default;
};

/// Give an operation another number, such as a width in a `view`.
struct ArgumentEdit {
  CodePlace place;
  std::string operation;      ///< "aten::view"
  std::string argument;       ///< as in the operator's schema
  std::int64_t element = -1;  ///< of an argument that is a list; -1: the argument is the number
  std::int64_t before = 0;    ///< may be the same as `after`, where the model would compute another one
  std::int64_t after = 0;

  friend bool operator==(const ArgumentEdit&, const ArgumentEdit&) = default;
};

/// Let an operation that cuts a tensor into parts, such as `chunk`, make parts of these sizes.
struct SplitEdit {
  CodePlace place;
  std::string operation;
  std::vector<std::int64_t> before;
  std::vector<std::int64_t> after;

  friend bool operator==(const SplitEdit&, const SplitEdit&) = default;
};

/// Put a selection of channels by number where a chain of operations only gave them another order, as a channel shuffle does.
struct IndexSelection {
  CodePlace first;  ///< the operation that begins the chain
  CodePlace last;   ///< and the one that ends it; they may be one
  std::int64_t axis = 0;
  std::vector<std::int64_t> index;  ///< for each channel behind it, the number of the one before it

  friend bool operator==(const IndexSelection&, const IndexSelection&) = default;
};

/// Let a norm read only these channels of what comes to it.
struct InputSelection {
  CodePlace place;
  std::string operation;            ///< "aten::batch_norm"
  std::vector<std::int64_t> index;  ///< positions among the channels that come, in order

  friend bool operator==(const InputSelection&, const InputSelection&) = default;
};

struct Edits {
  std::vector<TensorEdit> tensors;
  std::vector<AttributeEdit> attributes;
  std::vector<ArgumentEdit> arguments{};
  std::vector<SplitEdit> splits{};
  std::vector<IndexSelection> selections{};
  std::vector<InputSelection> inputs{};
  std::vector<std::string> modules{};  ///< paths of modules that go whole, with their calls; none inside another

  friend bool operator==(const Edits&, const Edits&) = default;
};

}  // namespace prunec

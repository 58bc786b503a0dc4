// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The whole change that pruning makes to a model, as plain data: printable, comparable and replayable in any file format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

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

struct Edits {
  std::vector<TensorEdit> tensors;
  std::vector<AttributeEdit> attributes;

  friend bool operator==(const Edits&, const Edits&) = default;
};

}  // namespace prunec

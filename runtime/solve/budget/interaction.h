// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The cost as a polynomial in the units of the sets: it has no products of more than two. Inner to this folder.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "runtime/solve/budget/instance.h"

namespace prunec::budget {

struct Interaction {
  Cost constant = 0;
  std::vector<Cost> linear, square;  ///< by set
  /// By set: the others it is multiplied with, ascending, and the weight of the product. Each pair stands in both lists.
  std::vector<std::vector<std::pair<std::size_t, Cost>>> products;
};

/// Of an instance without tables.
Interaction interaction_of(const Instance& instance);

}  // namespace prunec::budget

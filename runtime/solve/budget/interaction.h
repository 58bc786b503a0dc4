// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The cost as a polynomial in widths: it has no products of more than two. Inner to this folder.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "runtime/solve/budget/instance.h"

namespace prunec::budget {

/// The length of a concatenation: of a part before, which is a set or another sum, and of one set more.
struct Sum {
  std::size_t rest = 0, set = 0;
  std::int64_t rest_positions = 1, set_positions = 1;

  double of(double rest_units, double set_units) const {
    return static_cast<double>(rest_positions) * rest_units + static_cast<double>(set_positions) * set_units;
  }
};

/// Over nodes: first the sets, whose lengths are their units, then the sums.
struct Interaction {
  std::size_t sets = 0;
  std::vector<Sum> sums;  ///< each after its rest
  Cost constant = 0;
  std::vector<Cost> linear, square;  ///< by node
  /// By node: the others it is multiplied with, ascending, and the weight of the product. Each pair stands in both lists.
  std::vector<std::vector<std::pair<std::size_t, Cost>>> products;
};

enum class Concatenations {
  kSums,        ///< are sums; concatenations that begin with the same sets share them
  kMultiplied,  ///< are multiplied out, so that there are no sums
};

/// Of an instance without tables.
Interaction interaction_of(const Instance& instance, Concatenations concatenations);

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// In which order sets can be eliminated. Inner to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/solve/budget/interaction.h"

namespace prunec::budget {

struct EliminationStep {
  std::size_t set = 0;
  std::optional<std::size_t> sum;   ///< the set goes together with this sum, which is then one of its rest and the set
  std::vector<std::size_t> others;  ///< nodes that it is multiplied with at that time, directly or by way of sets gone before; at most two.
                                    ///< The rest of a sum is the first of them
};

/// Sets with the fewest others go first. None when a set would have more than two, or where a sum is multiplied with itself or a part of
/// it: then what remains is not convex in its length.
std::optional<std::vector<EliminationStep>> elimination_order(const Interaction& cost);

}  // namespace prunec::budget

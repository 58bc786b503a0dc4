// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "runtime/bind/bound_plan.h"

namespace prunec {

/// The sets of the paths that vanish: those of which no set is to keep anything, and which nothing that stays reads. Of paths that one
/// layer reads beside nothing else, and of those that alone read a path that stays, the one with the best channel stays; of equal ones the
/// first.
///   kept: by set, how many channels the votes alone would keep
///   best_score: the greatest score of a set, looked at only where such a choice is to be made
std::vector<bool> vanishing_sets(const BoundPlan& bound, const std::vector<std::size_t>& kept,
                                 const std::function<double(std::size_t set)>& best_score);

}  // namespace prunec

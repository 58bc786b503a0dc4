// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <variant>

#include "runtime/bind/bound_plan.h"
#include "runtime/solve/scores.h"
#include "runtime/solve/solution.h"

namespace prunec {

/// Decides which channels go, with operations on the scores' own device.
///   1. The threshold of each pool: the classical one, sorted[floor(pool size x ratio)], or the absolute one given.
///   2. Each set's wish: channels whose score under the set's policy is below the threshold (a strict comparison), or, under `quota`,
///      the floor(min count / n) weakest of each of n voters in turn.
///   3. Each set's width: rounded to its multiple and held to its bounds, by giving back the strongest of the removed or by taking the
///      weakest of the kept, the same number in each cell; under `quota`, those that the voters would have named last, or would name next.
///      Equal scores count in the order of the channels. One channel always stays, but for paths that may vanish (vanishing.h).
/// A set on which nobody votes stays whole. What goes at some ratio or threshold goes at every greater one too.
Solution solve(const BoundPlan& bound, const Scores& scores, const std::variant<Ratio, Threshold>& amount);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <variant>

#include "runtime/bind/bound_plan.h"
#include "runtime/solve/scores.h"
#include "runtime/solve/solution.h"

namespace prunec {

/// Decides which channels go, with operations on the scores' own device.
///   1. The threshold: the classical global one, sorted[floor(pool size x ratio)], or the absolute one given.
///   2. Each set's wish: channels whose score under the set's policy is below the threshold (a strict comparison), or, under `quota`,
///      the floor(min count / n) weakest of each of n voters in turn.
///   3. Each set's width: rounded to its multiple, and at least one channel, by giving back the strongest of the removed or by taking
///      the weakest of the kept. Equal scores count in the order of the channels.
Solution solve(const BoundPlan& bound, const Scores& scores, const std::variant<Ratio, Threshold>& amount);

/// The kept width that a set of `width` channels ends with when `kept` of them are wanted: a multiple, never 0, never more than `width`.
std::size_t rounded_width(std::size_t width, std::size_t kept, std::size_t multiple, Rounding rounding);

}  // namespace prunec

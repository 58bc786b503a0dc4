// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Ways up from a point that do not depend on the budget, only end at it. Inner to this folder.
#pragma once

#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// No set is barred.
inline constexpr std::size_t kNoSet = static_cast<std::size_t>(-1);

/// Takes the step of greatest value for its cost, again and again, and stops at the first that would cost more than `limit` in all.
void climb(Point& point, Cost limit, std::size_t barred = kNoSet);

/// Takes the cheapest step, again and again, until not even that fits: then no step of any set fits.
void fill(Point& point, Cost limit, std::size_t barred = kNoSet);

}  // namespace prunec::budget

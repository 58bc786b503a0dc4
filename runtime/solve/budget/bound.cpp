// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/bound.h"

#include <algorithm>

#include "runtime/solve/budget/dual_bound.h"
#include "runtime/solve/budget/tangent_bound.h"

namespace prunec::budget {

namespace {

constexpr double kGoodEnough = 1e-3;  // a smaller gap is left at that, relative

}  // namespace

std::optional<double> upper_bound(const std::optional<Elimination>& elimination, const Point& point, Cost limit) {
  if (!elimination) return std::nullopt;
  if (!elimination->possible()) return tangent_bound(point, limit);
  const double bound = dual_bound(*elimination, point, limit);
  return bound - point.value() > kGoodEnough * bound ? std::min(bound, tangent_bound(point, limit)) : bound;
}

}  // namespace prunec::budget

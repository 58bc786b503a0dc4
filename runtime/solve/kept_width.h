// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "runtime/bind/bound_plan.h"

namespace prunec {

/// The number of channels that a set ends with when `wanted` of them are to stay: a multiple of `multiple`, rounded as the set says, and
/// at least `least`. What would have to be more than the set has is all of it: a set that is narrower than its multiple stays whole.
std::size_t kept_width(const CoupledSet& set, std::size_t wanted);

}  // namespace prunec

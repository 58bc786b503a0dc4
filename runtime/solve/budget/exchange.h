// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Local improvement at one budget. Inner to this folder.
#pragma once

#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// Climbs and fills up to the limit, then exchanges steps between sets as long as that keeps more: one set gives a step back and the
/// others take what becomes free, or one set takes a step and those that lose least for it give way. The point's cost is at most `limit`
/// before and after.
void improve(Point& point, Cost limit);

}  // namespace prunec::budget

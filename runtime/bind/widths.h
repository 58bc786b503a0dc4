// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/bind/bound_plan.h"
#include "runtime/bind/declaration.h"

namespace prunec {

/// Translates `divisible`, `keep at least` and `remove at most`, which speak of a norm's width, into numbers of the set's channels. A
/// channel that lies at several positions of a norm counts there as often. A norm whose channels lie in several sets is bound in each of
/// them by itself, so its width as a whole is too.
void set_widths(const Declaration& declaration, CoupledSet& set);

}  // namespace prunec

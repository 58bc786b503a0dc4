// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "runtime/sweep/sweep.h"

namespace prunec {

/// A line per budget: what it uses, what it keeps, and the width of every layer.
std::string sweep_csv(const Sweep& sweep);

/// Schema 1: everything that the sweep holds.
std::string sweep_json(const Sweep& sweep);

/// The curve, and under it how much of each layer stays at each budget. One picture that needs nothing else.
std::string sweep_svg(const Sweep& sweep);

}  // namespace prunec

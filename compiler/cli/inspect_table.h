// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What `inspect` shows on a terminal.
#pragma once

#include <array>
#include <ostream>
#include <string>

#include "runtime/inspect/inspection.h"

namespace prunec::cli {

void print_inspection(std::ostream& out, const Inspection& inspection);

/// "  --==|==---   ": from least to largest, the middle half, the median, on a scale from 0 to `largest`.
std::string bar(const std::array<double, 5>& quantiles, double largest, std::size_t width);

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The report of `apply` for a terminal.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "runtime/report/report.h"

namespace prunec::cli {

/// Each layer's width before and after, the sizes, what was asked and reached, and the proof.
void print_table(std::ostream& out, const Report& report);

/// The proof alone.
void print_proof(std::ostream& out, const VerificationReport& verification);

/// Every edit, for a dry run.
void print_details(std::ostream& out, const Report& report);

void print_timings(std::ostream& out, const std::vector<Timing>& timings);

/// "1.23 s".
std::string seconds(double value);

double total(const std::vector<Timing>& timings);

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/outcome.h"
#include "runtime/report/report.h"

namespace prunec {

/// Reads what `report_json` wrote; timings, devices and sums that a report does not hold stay as they are by default. A report without
/// `decisions` is from an earlier prunec, and is read without them. `path` is for messages. Error: P0753.
Outcome<Report> read_report(const std::string& path, std::string_view text);

}  // namespace prunec

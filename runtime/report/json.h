// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "runtime/report/report.h"

namespace prunec {

/// The published report format, schema 1, with a line break at the end. Same report, same bytes.
std::string report_json(const Report& report);

/// The answer of `prunec verify --format json`: the report's `verification` alone.
std::string verification_json(const VerificationReport& verification);

}  // namespace prunec

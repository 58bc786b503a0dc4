// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// One self-contained HTML page of a report.
#pragma once

#include <string>

#include "runtime/report/report.h"

namespace prunec {

/// Same report, same bytes. A report without `decisions` gives a page without scores and statements.
std::string report_page_of(const Report& report);

}  // namespace prunec

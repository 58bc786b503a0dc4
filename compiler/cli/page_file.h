// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Writing the page of a report, for `report` and for `apply --html`.
#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/report/report.h"

namespace prunec::cli {

/// Refuses a page that exists, unless forced, and one that would replace any of `others`. Errors: P0851, P0855.
Diagnostics check_page_path(const std::string& page, const std::vector<std::string>& others, bool force);

/// Error: P0852.
Diagnostics write_page(const std::string& page, const Report& report);

}  // namespace prunec::cli

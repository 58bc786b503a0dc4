// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Files that a command writes beside what it was asked for.
#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace prunec::cli {

/// Refuses a file that exists, unless forced, and one that would replace any of `others`. `what` completes "... would replace".
/// Errors: P0851, P0855.
Diagnostics check_new_file(const std::string& path, const std::string& what, const std::vector<std::string>& others, bool force);

/// Whole or not at all. `what` completes "... cannot be written". Error: P0852.
Diagnostics write_new_file(const std::string& path, const std::string& what, const std::string& text);

}  // namespace prunec::cli

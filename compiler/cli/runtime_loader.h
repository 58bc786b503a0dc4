// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Finds and loads the runtime library.
#pragma once

#include <string>
#include <variant>

#include "compiler/cli/command.h"

namespace prunec::cli {

/// Loads it once; the library stays for the life of the process.
std::variant<Runtime*, Diagnostic> load_runtime(const Environment& environment);

}  // namespace prunec::cli

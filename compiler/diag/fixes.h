// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Corrections that are certain to be right.
#pragma once

#include <string>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// The text with the fixes of all diagnostics that lie in this file. Of two that overlap, the first one counts.
std::string apply_fixes(const Diagnostics& diagnostics, const SourceFile& source);

}  // namespace prunec

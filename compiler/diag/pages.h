// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The pages of `prunec explain`, one a code, built in.
#pragma once

#include <string_view>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// The page's Markdown text; empty for a code without one.
std::string_view page_of(Code code);

}  // namespace prunec

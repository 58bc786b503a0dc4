// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Friendly names for what the grammar expects. Rules and token types are the generated parser's numbers.
#pragma once

#include <cstddef>
#include <string>

#include "compiler/diag/diagnostic.h"

namespace prunec::syntax {

struct Expectation {
  Code code = Code::kP0101;
  std::string what;  ///< "a whole number", "`=`"
  std::string help;
};

/// What is due in `rule`, which lies in `parent_rule`, when the token type `token` (or none, 0) is the only one that fits.
Expectation expectation(std::size_t rule, std::size_t parent_rule, std::size_t token);

}  // namespace prunec::syntax

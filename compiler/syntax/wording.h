// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Friendly names for what the grammar expects. Rules and token types are the generated parser's numbers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace prunec::syntax {

struct Expectation {
  Code code = Code::kP0101;
  std::string what;  ///< "a whole number", "`=`"
  std::string help;
  std::vector<std::string> candidates = {};  ///< the words that would do, when there are only a few
  std::size_t only = 0;                      ///< the token type that alone fits, or 0
  bool quoted = false;                       ///< a text in quotes is due
};

/// What is due in `rule`, which lies in `parent_rule`, when the token type `token` (or none, 0) is the only one that fits.
Expectation expectation(std::size_t rule, std::size_t parent_rule, std::size_t token);

}  // namespace prunec::syntax

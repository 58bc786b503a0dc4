// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// From the text of a rule file to its syntax tree.
#pragma once

#include <memory>

#include "compiler/diag/outcome.h"
#include "compiler/syntax/ast.h"

namespace prunec {

/// Everything about one reading of a file, also when it has mistakes: checks can go on with the parts that were understood.
struct Parsed {
  ast::RuleFile file;
  Diagnostics diagnostics;     ///< in the order of the text
  bool readable = true;        ///< false: the text is no rule file of this version, so nothing else can be said of it
  bool all_sites = true;       ///< false: a mistake may have hidden a site's declaration
  bool all_strategies = true;  ///< the same for strategies
};

/// Reports every mistake once, up to a limit. Throws nothing but exhausted memory.
Parsed parse_tolerantly(std::shared_ptr<const SourceFile> source);

/// A value only for a file without mistakes.
Outcome<ast::RuleFile> parse(std::shared_ptr<const SourceFile> source);

}  // namespace prunec

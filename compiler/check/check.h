// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The checks that need no model: names, labels, numbers, and rules against rules.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/parse.h"

namespace prunec {

/// A rule file whose names all lead somewhere. Indices point into `file.items`.
struct CheckedRules {
  ast::RuleFile file;
  std::map<std::string, std::size_t, std::less<>> sites;
  std::map<std::string, std::size_t, std::less<>> strategies;
  std::vector<std::string> strategy_names;  ///< in the order of the file
  std::string default_strategy;             ///< declared, else the first; empty when there is no strategy

  const ast::SiteDeclaration& site(std::string_view name) const;
  const ast::Strategy& strategy(std::string_view name) const;

  /// The strategy behind its ancestors, the furthest first.
  std::vector<const ast::Strategy*> lineage(std::string_view name) const;
};

/// The strategies that make up `strategy`, the sites with their labels: stable, for people.
std::string dump(const CheckedRules& rules, std::string_view strategy);

/// Judges a file without syntax errors.
Outcome<CheckedRules> check(ast::RuleFile file);

/// Parses and judges. With syntax errors, what was understood is judged too, so that one run tells of all the mistakes.
Outcome<CheckedRules> parse_and_check(std::shared_ptr<const SourceFile> source);

}  // namespace prunec

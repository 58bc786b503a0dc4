// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the single checks share. Private to compiler/check.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/syntax/parse.h"

namespace prunec::checks {

/// Every name of the file, the first declaration of each. `parsed` must outlive it.
struct Names {
  std::map<std::string, const ast::SiteDeclaration*, std::less<>> sites;
  std::map<std::string, const ast::Strategy*, std::less<>> strategies;
  std::vector<const ast::Strategy*> strategy_order;
};

class Context {
 public:
  explicit Context(const Parsed& parsed);

  const ast::RuleFile& file() const { return parsed_.file; }
  const Names& names() const { return names_; }
  bool all_sites_known() const { return parsed_.all_sites; }
  bool all_strategies_known() const { return parsed_.all_strategies; }
  /// Whether nothing is wrong so far: what only looks odd is not worth a word beside errors, and may follow from them.
  bool sound() const { return !has_error(parsed_.diagnostics) && !has_error(diagnostics_); }

  Diagnostic& report(Code code, const ast::Extent& at, std::string message, std::string help = {}, std::string label = {});
  SourceRange range(const ast::Extent& at) const { return {parsed_.file.source, at}; }
  Diagnostics take() { return std::move(diagnostics_); }

  /// Null for a path or an unknown name.
  const ast::SiteDeclaration* site(const ast::SiteUse& use) const;

  /// The strategy behind its ancestors, the furthest first; a cycle or an unknown parent ends it.
  std::vector<const ast::Strategy*> lineage(const ast::Strategy& strategy) const;

 private:
  const Parsed& parsed_;
  Names names_;
  Diagnostics diagnostics_;
};

/// The labels that every member of the site has.
std::set<std::string> labels_of(const ast::SiteDeclaration& site);
std::set<std::string> labels_of(const PathPattern& pattern);
/// Those of a use: of its site or of its own path.
std::set<std::string> labels_of(const Context& context, const ast::SiteUse& use);

/// Calls `visit` for every use in the statement.
void for_each_use(const ast::Statement& statement, const std::function<void(const ast::SiteUse&)>& visit);

/// One check: reports what it finds.
using Check = void (*)(Context&);

// names.cpp
void duplicate_sites(Context& context);
void duplicate_strategies(Context& context);
void unknown_parents(Context& context);
void extends_cycles(Context& context);
void default_strategies(Context& context);
void unknown_sites(Context& context);
void unused_sites(Context& context);

// labels.cpp
void label_conflicts(Context& context);
void filter_labels(Context& context);
void tie_labels(Context& context);

// rules.cpp
void unknown_policies(Context& context);
void number_ranges(Context& context);
void contradictory_amounts(Context& context);
void pruned_and_skipped(Context& context);
void carried_voters(Context& context);
void listed_twice(Context& context);
void ties_without_prune(Context& context);
void prunes_nothing(Context& context);

}  // namespace prunec::checks

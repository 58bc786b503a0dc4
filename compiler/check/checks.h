// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the single checks share. Private to compiler/check.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/diag/diagnostic.h"

namespace prunec::checks {

class Context {
 public:
  /// `rules` must outlive it. With `mistakes` in the text, nothing is said of what only looks odd.
  Context(const CheckedRules& rules, bool mistakes) : rules_(rules), mistakes_(mistakes) {}

  const CheckedRules& rules() const { return rules_; }
  const ast::RuleFile& file() const { return rules_.file; }
  Scope scope() const { return {&rules_, "", {}}; }
  /// The first of each name, in the order of the file.
  std::vector<const ast::Strategy*> strategies() const;
  /// All of them, repeated names too.
  std::vector<const ast::Strategy*> all_strategies() const;
  /// The first of each name, for the declarations of sites outside layouts.
  std::vector<const ast::SiteDeclaration*> sites() const;

  /// Whether nothing is wrong so far: what only looks odd is not worth a word beside errors, and may follow from them.
  bool sound() const { return !mistakes_ && !has_error(diagnostics_); }

  Diagnostic& report(Code code, const ast::Extent& at, std::string message, std::string help = {}, std::string label = {});
  SourceRange range(const ast::Extent& at) const { return {rules_.file.source, at}; }
  Diagnostics take() { return std::move(diagnostics_); }

  bool is_path(const ast::SiteUse& use) const { return !is_name(rules_, use); }
  /// Nothing for a path or an unknown name.
  std::optional<FoundSite> site(const ast::SiteUse& use) const { return find_site(scope(), use); }
  /// Whether a use can be judged: a path, or a name that leads somewhere.
  bool known(const ast::SiteUse& use) const { return is_path(use) || site(use); }

  /// The strategy behind its ancestors, the furthest first.
  std::vector<FoundStrategy> line(const ast::Strategy& strategy) const { return lineage(scope(), strategy.name.text); }
  /// With its ancestors' statements.
  std::vector<Inherited> statements(const ast::Strategy& strategy) const { return statements_of(scope(), strategy.name.text); }

 private:
  const CheckedRules& rules_;
  bool mistakes_;
  Diagnostics diagnostics_;
};

/// The labels that every member of the site has.
std::set<std::string> labels_of(const ast::SiteDeclaration& site);
std::set<std::string> labels_of(const PathPattern& pattern);
/// Those of a use: of its site or of its own path.
std::set<std::string> labels_of(const Scope& scope, const ast::SiteUse& use);

/// Whether every member of `part` is certain to be one of `whole`, by their filters. Both are uses of one site or of one path.
bool covers(const ast::SiteUse& whole, const ast::SiteUse& part);

/// How a use is told from others in all files: the whole name of its site, or its path with its module.
std::string key_of(const Scope& scope, const ast::SiteUse& use);

/// How the members of a use, or of a list of uses in whatever order, are told from others; empty for an empty list.
std::string members_of(const Scope& scope, const ast::SiteUse& use);
std::string members_of(const Scope& scope, const std::vector<ast::SiteUse>& uses);

SourceRange range_in(const Scope& scope, const ast::Extent& at);

/// Calls `visit` for every use in the statement.
void for_each_use(const ast::Statement& statement, const std::function<void(const ast::SiteUse&)>& visit);

/// One check: reports what it finds.
using Check = void (*)(Context&);

// names.cpp
void duplicate_sites(Context& context);
void duplicate_strategies(Context& context);
void unknown_parents(Context& context);
void extends_cycles(Context& context);
void deep_strategies(Context& context);
void default_strategies(Context& context);
void unknown_sites(Context& context);
void unused_sites(Context& context);

// layouts.cpp
void duplicate_layouts(Context& context);
void layout_sites(Context& context);
void layout_labels(Context& context);
void layouts_without_effect(Context& context);

// uses.cpp
void import_names(Context& context);
void unused_imports(Context& context);
void shadowed_names(Context& context);

// labels.cpp
void label_conflicts(Context& context);
void filter_labels(Context& context);
void tie_labels(Context& context);
void rank_labels(Context& context);
void unused_labels(Context& context);

// settings.cpp
void number_ranges(Context& context);
void repeated_settings(Context& context);

// selections.cpp
void pruned_and_skipped(Context& context);
void listed_twice(Context& context);
void prunes_nothing(Context& context);

// ties.cpp
void unknown_policies(Context& context);
void carried_voters(Context& context);
void contradictory_ties(Context& context);
void ties_without_prune(Context& context);

// choices.cpp
void contradictory_choices(Context& context);
void contradictory_roundings(Context& context);

// widths.cpp
void impossible_bounds(Context& context);
void divisors_without_width(Context& context);
void bounds_between_multiples(Context& context);

// filters.cpp
void filters_without_member(Context& context);

// effects.cpp
void statements_without_effect(Context& context);

// repeats.cpp
void repeated_statements(Context& context);

}  // namespace prunec::checks

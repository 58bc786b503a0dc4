// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "compiler/check/checks.h"
#include "compiler/check/imports.h"

namespace prunec {
namespace {

/// Names first, since the later checks look things up and stay silent where a name leads nowhere; then labels, which need the sites;
/// then rules against rules, which need both. Warnings are last: they are given only when there is no error. Inside a group the order
/// does not matter: the report is sorted by place.
constexpr std::array kChecks = {
    checks::import_names,
    checks::duplicate_sites,
    checks::duplicate_strategies,
    checks::duplicate_layouts,
    checks::layout_sites,
    checks::unknown_parents,
    checks::extends_cycles,
    checks::deep_strategies,
    checks::default_strategies,
    checks::unknown_sites,
    // labels
    checks::label_conflicts,
    checks::filter_labels,
    checks::filters_without_member,
    checks::tie_labels,
    checks::rank_labels,
    checks::layout_labels,
    // rules against rules
    checks::unknown_policies,
    checks::number_ranges,
    checks::repeated_settings,
    checks::pruned_and_skipped,
    checks::carried_voters,
    checks::contradictory_ties,
    checks::contradictory_choices,
    checks::impossible_bounds,
    checks::divisors_without_width,
    checks::contradictory_roundings,
    // warnings
    checks::unused_sites,
    checks::unused_labels,
    checks::unused_imports,
    checks::shadowed_names,
    checks::listed_twice,
    checks::ties_without_prune,
    checks::prunes_nothing,
    checks::bounds_between_multiples,
    checks::statements_without_effect,
    checks::repeated_statements,
    checks::layouts_without_effect,
};

std::size_t position(const Diagnostic& diagnostic) {
  const auto* range = std::get_if<SourceRange>(&diagnostic.place);
  return range == nullptr ? 0 : range->span.begin;
}

/// `mistakes`: some are known already.
Diagnostics run_checks(const CheckedRules& rules, bool mistakes) {
  checks::Context context(rules, mistakes);
  for (const checks::Check check : kChecks) check(context);
  return context.take();
}

CheckedRules index(Parsed& parsed) {
  CheckedRules rules;
  rules.all_sites = parsed.all_sites;
  rules.all_strategies = parsed.all_strategies;
  for (std::size_t i = 0; i < parsed.file.items.size(); ++i) {
    if (const auto* site = std::get_if<ast::SiteDeclaration>(&parsed.file.items[i])) {
      rules.sites.emplace(site->name.text, i);
    } else if (const auto* strategy = std::get_if<ast::Strategy>(&parsed.file.items[i])) {
      if (rules.strategies.emplace(strategy->name.text, i).second) rules.strategy_names.push_back(strategy->name.text);
    } else if (const auto* choice = std::get_if<ast::DefaultStrategy>(&parsed.file.items[i])) {
      rules.default_strategy = choice->name.text;
    }
  }
  if (rules.default_strategy.empty() && !rules.strategy_names.empty()) rules.default_strategy = rules.strategy_names.front();
  rules.file = std::move(parsed.file);
  return rules;
}

}  // namespace

namespace checks {

Judged judge(Parsed parsed, Imports& imports) {
  Judged judged{index(parsed), std::move(parsed.diagnostics)};
  if (parsed.readable) {
    auto found = imports.load(judged.rules);
    append(judged.diagnostics, run_checks(judged.rules, has_error(judged.diagnostics) || !found.empty()));
    judged.good = found.empty() && !has_error(judged.diagnostics);
    // The count of left-out mistakes has no place; it stays behind the others.
    const auto order = [](const Diagnostic& d) { return std::pair(d.code == Code::kP0113, position(d)); };
    std::stable_sort(judged.diagnostics.begin(), judged.diagnostics.end(),
                     [&](const auto& a, const auto& b) { return order(a) < order(b); });
    // What lies in a file that is used stands where the file is used.
    for (auto& [at, more] : found) {
      const auto place = std::find_if(judged.diagnostics.begin(), judged.diagnostics.end(),
                                      [&, at = at](const Diagnostic& d) { return order(d) > std::pair(false, at); });
      judged.diagnostics.insert(place, std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
  } else {
    judged.good = false;
  }
  return judged;
}

}  // namespace checks

namespace {

Outcome<CheckedRules> outcome(checks::Judged judged) {
  if (!judged.good) return std::move(judged.diagnostics);
  return {std::move(judged.rules), std::move(judged.diagnostics)};
}

}  // namespace

Outcome<CheckedRules> check(ast::RuleFile file) {
  Parsed parsed;
  parsed.file = std::move(file);
  const NoLibrary nothing;
  checks::Imports imports(nothing);
  return outcome(checks::judge(std::move(parsed), imports));
}

Outcome<CheckedRules> parse_and_check(std::shared_ptr<const SourceFile> source, const RuleLibrary& library) {
  checks::Imports imports(library);
  imports.enter(source->path());
  return outcome(checks::judge(parse_tolerantly(std::move(source)), imports));
}

}  // namespace prunec

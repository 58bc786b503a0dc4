// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "compiler/check/checks.h"

namespace prunec {
namespace {

/// Names first, since the later checks look things up and stay silent where a name leads nowhere; then labels, which need the sites;
/// then rules against rules, which need both. Warnings are last: they are given only when there is no error. Inside a group the order
/// does not matter: the report is sorted by place.
constexpr std::array<checks::Check, 18> kChecks = {
    checks::duplicate_sites,
    checks::duplicate_strategies,
    checks::unknown_parents,
    checks::extends_cycles,
    checks::default_strategies,
    checks::unknown_sites,
    // labels
    checks::label_conflicts,
    checks::filter_labels,
    checks::tie_labels,
    // rules against rules
    checks::unknown_policies,
    checks::number_ranges,
    checks::contradictory_amounts,
    checks::pruned_and_skipped,
    checks::carried_voters,
    // warnings
    checks::unused_sites,
    checks::listed_twice,
    checks::ties_without_prune,
    checks::prunes_nothing,
};

std::size_t position(const Diagnostic& diagnostic) {
  const auto* range = std::get_if<SourceRange>(&diagnostic.place);
  return range == nullptr ? 0 : range->span.begin;
}

Diagnostics run_checks(const Parsed& parsed) {
  checks::Context context(parsed);
  for (const checks::Check check : kChecks) check(context);
  Diagnostics found = context.take();
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return position(a) < position(b); });
  return found;
}

CheckedRules index(ast::RuleFile file) {
  CheckedRules rules;
  for (std::size_t i = 0; i < file.items.size(); ++i) {
    if (const auto* site = std::get_if<ast::SiteDeclaration>(&file.items[i])) {
      rules.sites.emplace(site->name.text, i);
    } else if (const auto* strategy = std::get_if<ast::Strategy>(&file.items[i])) {
      rules.strategies.emplace(strategy->name.text, i);
      rules.strategy_names.push_back(strategy->name.text);
    } else {
      rules.default_strategy = std::get<ast::DefaultStrategy>(file.items[i]).name.text;
    }
  }
  if (rules.default_strategy.empty() && !rules.strategy_names.empty()) rules.default_strategy = rules.strategy_names.front();
  rules.file = std::move(file);
  return rules;
}

Outcome<CheckedRules> judge(Parsed parsed) {
  Diagnostics found = parsed.readable ? run_checks(parsed) : Diagnostics{};
  append(parsed.diagnostics, std::move(found));
  if (has_error(parsed.diagnostics)) {
    // The count of left-out mistakes has no place; it stays behind the others.
    std::stable_sort(parsed.diagnostics.begin(), parsed.diagnostics.end(), [](const auto& a, const auto& b) {
      const bool a_last = a.code == Code::kP0113, b_last = b.code == Code::kP0113;
      return std::pair(a_last, position(a)) < std::pair(b_last, position(b));
    });
    return std::move(parsed.diagnostics);
  }
  return {index(std::move(parsed.file)), std::move(parsed.diagnostics)};
}

}  // namespace

const ast::SiteDeclaration& CheckedRules::site(std::string_view name) const {
  return std::get<ast::SiteDeclaration>(file.items[sites.find(name)->second]);
}

const ast::Strategy& CheckedRules::strategy(std::string_view name) const {
  return std::get<ast::Strategy>(file.items[strategies.find(name)->second]);
}

std::vector<const ast::Strategy*> CheckedRules::lineage(std::string_view name) const {
  std::vector<const ast::Strategy*> line{&strategy(name)};
  while (line.back()->parent) line.push_back(&strategy(line.back()->parent->text));
  std::reverse(line.begin(), line.end());
  return line;
}

Outcome<CheckedRules> check(ast::RuleFile file) {
  Parsed parsed;
  parsed.file = std::move(file);
  return judge(std::move(parsed));
}

Outcome<CheckedRules> parse_and_check(std::shared_ptr<const SourceFile> source) {
  return judge(parse_tolerantly(std::move(source)));
}

}  // namespace prunec

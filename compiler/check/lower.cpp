// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/lower.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/plan/policies.h"
#include "compiler/source/sha256.h"
#include "compiler/source/utf8.h"

namespace prunec {
namespace {

class Lowering {
 public:
  explicit Lowering(const CheckedRules& rules) : rules_(rules) {}

  ConstraintPlan run(std::string_view name) {
    const SourceFile& source = *rules_.file.source;
    ConstraintPlan plan;
    plan.architecture = rules_.file.architecture.text;
    plan.rules_path = source.path();
    plan.rules_sha256 = sha256_hex(source.text());
    plan.strategy = std::string(name);
    const ast::Strategy& strategy = rules_.strategy(name);
    if (strategy.description) plan.description = strategy.description->text;
    for (const ast::Strategy* member : rules_.lineage(name)) add(plan, *member);
    for (const ast::Item& item : rules_.file.items) {
      const auto* site = std::get_if<ast::SiteDeclaration>(&item);
      if (site != nullptr && used_.contains(site->name.text)) plan.sites.push_back(lower_site(*site));
    }
    return plan;
  }

 private:
  void add(ConstraintPlan& plan, const ast::Strategy& strategy) {
    for (const ast::Statement& statement : strategy.statements) {
      Statement lowered = std::visit([&](const auto& s) { return lower_statement(s); }, statement);
      if (is_amount(lowered)) std::erase_if(plan.statements, is_amount);
      plan.statements.push_back(std::move(lowered));
    }
  }

  /// Up to the end of the line that it starts in: a plan has no text to mark further lines of.
  Origin origin(const ast::Extent& at) const {
    const SourceFile& source = *rules_.file.source;
    const LineColumn where = source.line_column(at.begin);
    const std::size_t line_end = source.line_start(where.line) + source.line(where.line).size();
    return {source.path(), where.line, where.column, count_code_points(source.text({at.begin, std::min(at.end, line_end)}))};
  }

  Site lower_site(const ast::SiteDeclaration& declaration) const {
    Site site{declaration.name.text, {}, {}, origin(declaration.at)};
    for (const ast::Pattern& pattern : declaration.patterns) site.patterns.push_back(pattern.pattern);
    for (const ast::LabelValue& where : declaration.where) site.labels.emplace(where.label.text, where.value.text);
    return site;
  }

  std::vector<SiteUse> uses(const std::vector<ast::SiteUse>& list) {
    std::vector<SiteUse> lowered;
    for (const ast::SiteUse& use : list) {
      SiteUse one{use.name.text, {}, {}, origin(use.at)};
      if (use.path) {
        one.pattern.push_back(*use.path);
      } else {
        used_.insert(use.name.text);
      }
      for (const ast::Filter& filter : use.filters) one.filters.push_back({filter.label.text, filter.values});
      lowered.push_back(std::move(one));
    }
    return lowered;
  }

  Statement lower_statement(const ast::Prune& prune) { return Prune{uses(prune.sites), origin(prune.at)}; }
  Statement lower_statement(const ast::Skip& skip) { return Skip{uses(skip.sites), origin(skip.at)}; }
  Statement lower_statement(const ast::SkipEnd& skip) { return SkipEnd{skip.end, skip.count.value, uses(skip.of), origin(skip.at)}; }
  Statement lower_statement(const ast::Tie& tie) {
    Tie lowered{uses(tie.sites), {}, Policy::kMean, uses(tie.carrying), false, origin(tie.at)};
    for (const ast::Word& label : tie.across) lowered.across.push_back(label.text);
    if (tie.policy) lowered.policy = policy_named(tie.policy->text).value();
    return lowered;
  }
  Statement lower_statement(const ast::Divisible& divisible) {
    return Divisible{divisible.multiple.value, divisible.rounding.value_or(Rounding::kUp), uses(divisible.of), origin(divisible.at)};
  }
  Statement lower_statement(const ast::Ratio& ratio) { return Ratio{ratio.percent.value / 100, false, origin(ratio.at)}; }
  Statement lower_statement(const ast::Threshold& threshold) { return Threshold{threshold.value.value, origin(threshold.at)}; }

  const CheckedRules& rules_;
  std::set<std::string> used_;
};

}  // namespace

ConstraintPlan lower(const CheckedRules& rules, std::string_view strategy) {
  return Lowering(rules).run(strategy);
}

}  // namespace prunec

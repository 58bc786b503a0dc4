// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/lower.h"

#include <utility>

#include "compiler/check/lower_sites.h"
#include "compiler/plan/policies.h"

namespace prunec {
namespace {

Policy policy_of(const std::optional<ast::Word>& policy) {
  return policy ? policy_named(policy->text).value() : Policy::kMean;
}

/// The statements of one file, as seen from the one that is compiled.
class StatementLowering {
 public:
  StatementLowering(const Scope& scope, UsedSites& used) : scope_(scope), used_(used) {}

  Statement operator()(const ast::Prune& s) { return Prune{uses(s.sites), at(s)}; }
  Statement operator()(const ast::Skip& s) { return Skip{uses(s.sites), at(s)}; }
  Statement operator()(const ast::SkipEnd& s) { return SkipEnd{s.end, s.count.value, uses(s.of), at(s)}; }
  Statement operator()(const ast::Tie& s) {
    Tie lowered{uses(s.sites), {}, policy_of(s.policy), uses(s.carrying), s.even_if_unrelated, at(s)};
    for (const ast::Word& label : s.across) lowered.across.push_back(label.text);
    return lowered;
  }
  Statement operator()(const ast::TieFromGraph& s) { return TieFromGraph{policy_of(s.policy), at(s)}; }
  Statement operator()(const ast::ConcatPropagate& s) {
    return ConcatPropagate{uses(s.sites), policy_of(s.policy), uses(s.carrying), at(s)};
  }
  Statement operator()(const ast::ConcatSelect& s) { return ConcatSelect{uses(s.sites), at(s)}; }
  Statement operator()(const ast::Groups& s) { return Groups{s.rule, uses(s.of), at(s)}; }
  Statement operator()(const ast::Shuffles& s) { return Shuffles{s.rule, at(s)}; }
  Statement operator()(const ast::Divisible& s) {
    return Divisible{s.multiple.value, s.rounding.value_or(Rounding::kUp), uses(s.of), at(s)};
  }
  Statement operator()(const ast::KeepAtLeast& s) {
    const auto* count = std::get_if<ast::WholeNumber>(&s.least);
    const WidthBound least = count != nullptr ? WidthBound(count->value) : WidthBound(std::get<ast::Percent>(s.least).value / 100);
    return KeepAtLeast{least, uses(s.of), at(s)};
  }
  Statement operator()(const ast::RemoveAtMost& s) { return RemoveAtMost{s.most.value / 100, uses(s.of), at(s)}; }
  Statement operator()(const ast::Ratio& s) { return Ratio{s.percent.value / 100, s.exact, at(s)}; }
  Statement operator()(const ast::Threshold& s) { return Threshold{s.value.value, at(s)}; }
  Statement operator()(const ast::Budget& s) { return Budget{s.resource, s.percent.value / 100, at(s)}; }
  Statement operator()(const ast::Rank& s) { return Rank{s.scope, s.label ? s.label->text : "", at(s)}; }
  Statement operator()(const ast::Score& s) { return Score{s.kind, s.normalised_by, at(s)}; }

 private:
  template <typename Node>
  Origin at(const Node& node) const {
    return origin_in(scope_, node.at);
  }

  std::vector<SiteUse> uses(const std::vector<ast::SiteUse>& list) {
    std::vector<SiteUse> lowered;
    for (const ast::SiteUse& use : list) {
      SiteUse one{"", {}, {}, origin_in(scope_, use.at)};
      if (const auto found = find_site(scope_, use)) {
        one.name = used_.add(*found);
      } else {
        one.pattern.push_back(below(scope_.under, *use.path));
        one.name = to_string(one.pattern.front());
      }
      for (const ast::Filter& filter : use.filters) one.filters.push_back({filter.label.text, filter.values});
      lowered.push_back(std::move(one));
    }
    return lowered;
  }

  const Scope& scope_;
  UsedSites& used_;
};

}  // namespace

ConstraintPlan lower(const CheckedRules& rules, std::string_view strategy) {
  const Scope scope{&rules, "", {}};
  ConstraintPlan plan;
  plan.architecture = rules.file.architecture.text;
  plan.rules_path = rules.file.source->path();
  plan.rules_sha256 = sha256_of(rules);
  plan.strategy = std::string(strategy);
  const ast::Strategy& declared = *find_strategy(scope, strategy).value().strategy;
  if (declared.description) plan.description = declared.description->text;
  UsedSites used;
  for (const Inherited& one : statements_of(scope, strategy)) {
    plan.statements.push_back(std::visit(StatementLowering(one.scope, used), *one.statement));
  }
  plan.sites = used.sites(scope);
  plan.layouts = used.layouts(scope);
  return plan;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"
#include "compiler/plan/policies.h"

namespace prunec::checks {
namespace {

template <typename Statement, typename Visit>
void for_each_statement(const Context& context, Visit visit) {
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    for (const ast::Statement& statement : strategy->statements) {
      if (const auto* found = std::get_if<Statement>(&statement)) visit(*found, *strategy);
    }
  }
}

bool same(const ast::SiteUse& a, const ast::SiteUse& b) {
  return a.name == b.name && a.filters == b.filters;
}

/// Without filters a use covers all members; with them, two uses of one site may still be apart.
bool surely_overlap(const ast::SiteUse& a, const ast::SiteUse& b) {
  return a.name == b.name && (a.filters.empty() || b.filters.empty() || a.filters == b.filters);
}

void report_twice(Context& context, const std::vector<ast::SiteUse>& uses) {
  for (std::size_t i = 1; i < uses.size(); ++i) {
    const auto first =
        std::find_if(uses.begin(), uses.begin() + static_cast<std::ptrdiff_t>(i), [&](const auto& use) { return same(use, uses[i]); });
    if (first == uses.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    Diagnostic& diagnostic =
        context.report(Code::kP0307, uses[i].at, "`" + uses[i].name.text + "` is listed twice", "leave one of the two out");
    // From behind the use before, so that the comma goes too.
    diagnostic.fix = Fix{{context.file().source, {uses[i - 1].at.end, uses[i].at.end}}, ""};
  }
}

void report_second_amount(Context& context, const ast::Extent& second, const ast::Extent& first) {
  Diagnostic& diagnostic = context.report(Code::kP0302, second, "the strategy has an amount already", "leave one of the two out");
  diagnostic.notes.push_back({context.range(first), "the first one is here"});
}

}  // namespace

void unknown_policies(Context& context) {
  for_each_statement<ast::Tie>(context, [&](const ast::Tie& tie, const ast::Strategy&) {
    if (!tie.policy || policy_named(tie.policy->text)) return;
    const std::string& name = tie.policy->text;
    context.report(Code::kP0208, tie.policy->at, "no policy is named `" + name + "`",
                   did_you_mean(name, policy_names(), "the policies are " + quoted_list(policy_names(), "and")));
  });
}

void number_ranges(Context& context) {
  for_each_statement<ast::Ratio>(context, [&](const ast::Ratio& ratio, const ast::Strategy&) {
    if (ratio.percent.value >= 0 && ratio.percent.value < 100) return;
    context.report(Code::kP0303, ratio.percent.at, "a ratio lies between 0% and 100%, without 100% itself", "for example `ratio 40%`");
  });
  for_each_statement<ast::Threshold>(context, [&](const ast::Threshold& threshold, const ast::Strategy&) {
    if (threshold.value.value >= 0) return;
    context.report(Code::kP0303, threshold.value.at, "a threshold is compared with absolute values, so it is not negative",
                   "for example `threshold 0.05`");
  });
  for_each_statement<ast::Divisible>(context, [&](const ast::Divisible& divisible, const ast::Strategy&) {
    if (divisible.multiple.value > 0) return;
    context.report(Code::kP0303, divisible.multiple.at, "no width is a multiple of 0", "for example `divisible 32`");
  });
  for_each_statement<ast::SkipEnd>(context, [&](const ast::SkipEnd& skip, const ast::Strategy&) {
    if (skip.count.value > 0) return;
    context.report(Code::kP0303, skip.count.at, "`skip " + std::string(to_string(skip.end)) + " 0` skips nothing",
                   "leave the statement out");
  });
}

void contradictory_amounts(Context& context) {
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    const ast::Statement* first = nullptr;
    for (const ast::Statement& statement : strategy->statements) {
      if (!std::holds_alternative<ast::Ratio>(statement) && !std::holds_alternative<ast::Threshold>(statement)) continue;
      if (first != nullptr) report_second_amount(context, ast::extent_of(statement), ast::extent_of(*first));
      if (first == nullptr) first = &statement;
    }
  }
}

namespace {

/// The uses that a strategy and its ancestors prune and skip, found by name: files may be long.
class PrunedAndSkipped {
 public:
  explicit PrunedAndSkipped(Context& context) : context_(context) {}

  /// Only mistakes in the strategy itself are `reported`; its ancestors report their own.
  void add(const ast::Statement& statement, bool reported) {
    const auto* prune = std::get_if<ast::Prune>(&statement);
    const auto* skip = std::get_if<ast::Skip>(&statement);
    if (prune == nullptr && skip == nullptr) return;
    for (const ast::SiteUse& use : prune != nullptr ? prune->sites : skip->sites) {
      auto& mine = prune != nullptr ? pruned_ : skipped_;
      const auto& others = prune != nullptr ? skipped_ : pruned_;
      const auto found = others.find(use.name.text);
      if (reported && found != others.end()) compare(use, found->second, prune != nullptr);
      mine[use.name.text].push_back(&use);
    }
  }

 private:
  /// A filtered skip of a pruned site is what skips are for; only the same extent contradicts.
  void compare(const ast::SiteUse& use, const std::vector<const ast::SiteUse*>& others, bool prunes) {
    const auto other = std::find_if(others.begin(), others.end(), [&](const ast::SiteUse* o) { return same(*o, use); });
    if (other == others.end()) return;
    Diagnostic& diagnostic =
        context_.report(Code::kP0301, use.at, "`" + use.name.text + "` is pruned and skipped", "leave one of the two out");
    diagnostic.notes.push_back({context_.range((*other)->at), prunes ? "skipped here" : "pruned here"});
  }

  Context& context_;
  std::map<std::string, std::vector<const ast::SiteUse*>> pruned_, skipped_;
};

}  // namespace

void pruned_and_skipped(Context& context) {
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    PrunedAndSkipped uses(context);
    for (const ast::Strategy* ancestor : context.lineage(*strategy)) {
      for (const ast::Statement& statement : ancestor->statements) uses.add(statement, ancestor == strategy);
    }
  }
}

void carried_voters(Context& context) {
  for_each_statement<ast::Tie>(context, [&](const ast::Tie& tie, const ast::Strategy&) {
    for (const ast::SiteUse& carried : tie.carrying) {
      const auto voter = std::find_if(tie.sites.begin(), tie.sites.end(), [&](const auto& use) { return surely_overlap(use, carried); });
      if (voter == tie.sites.end()) continue;
      Diagnostic& diagnostic = context.report(Code::kP0305, carried.at, "`" + carried.name.text + "` is carried by a tie that it votes in",
                                              "leave it out of `carrying`");
      diagnostic.notes.push_back({context.range(voter->at), "it votes here"});
    }
  });
}

void listed_twice(Context& context) {
  if (!context.sound()) return;
  for_each_statement<ast::Prune>(context, [&](const ast::Prune& prune, const ast::Strategy&) { report_twice(context, prune.sites); });
  for_each_statement<ast::Skip>(context, [&](const ast::Skip& skip, const ast::Strategy&) { report_twice(context, skip.sites); });
  for_each_statement<ast::Tie>(context, [&](const ast::Tie& tie, const ast::Strategy&) {
    report_twice(context, tie.sites);
    report_twice(context, tie.carrying);
  });
}

void ties_without_prune(Context& context) {
  if (!context.sound()) return;
  for_each_statement<ast::Tie>(context, [&](const ast::Tie& tie, const ast::Strategy& owner) {
    std::set<std::string> pruned;
    bool paths = false;
    for (const ast::Strategy* strategy : context.lineage(owner)) {
      for (const ast::Statement& statement : strategy->statements) {
        const auto* prune = std::get_if<ast::Prune>(&statement);
        if (prune == nullptr) continue;
        for (const ast::SiteUse& use : prune->sites) {
          pruned.insert(use.name.text);
          paths = paths || use.path;
        }
      }
    }
    // What a path stands for is known only with a model.
    const bool maybe = paths || std::any_of(tie.sites.begin(), tie.sites.end(),
                                            [&](const auto& use) { return use.path || pruned.contains(use.name.text); });
    if (!maybe) {
      context.report(Code::kP0306, tie.at, "nothing that this tie holds together is pruned",
                     "prune `" + tie.sites.front().name.text + "`, or leave the tie out");
    }
  });
}

void prunes_nothing(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    const auto line = context.lineage(*strategy);
    const bool prunes = std::any_of(line.begin(), line.end(), [](const ast::Strategy* ancestor) {
      return std::any_of(ancestor->statements.begin(), ancestor->statements.end(),
                         [](const auto& s) { return std::holds_alternative<ast::Prune>(s); });
    });
    if (!prunes) {
      context.report(Code::kP0304, strategy->name.at, "the strategy `" + strategy->name.text + "` prunes nothing",
                     "add a `prune` statement, or extend a strategy that has one");
    }
  }
}

}  // namespace prunec::checks

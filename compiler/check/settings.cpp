// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

/// Each kind of number in its own range.
class Ranges {
 public:
  explicit Ranges(Context& context) : context_(context) {}

  template <typename Other>
  void operator()(const Other&) {}
  void operator()(const ast::Ratio& ratio) {
    if (ratio.percent.value >= 0 && ratio.percent.value < 100) return;
    report(ratio.percent.at, "a ratio lies between 0% and 100%, without 100% itself", "for example `ratio 40%`");
  }
  void operator()(const ast::Threshold& threshold) {
    if (threshold.value.value >= 0) return;
    report(threshold.value.at, "a threshold is compared with absolute values, so it is not negative", "for example `threshold 0.05`");
  }
  void operator()(const ast::Budget& budget) {
    if (budget.percent.value > 0 && budget.percent.value <= 100) return;
    report(budget.percent.at, "a budget is a share of what the model uses, more than 0% and at most 100%",
           "for example `budget " + std::string(to_string(budget.resource)) + " 50%`");
  }
  void operator()(const ast::Divisible& divisible) {
    if (divisible.multiple.value > 0) return;
    report(divisible.multiple.at, "no width is a multiple of 0", "for example `divisible 32`");
  }
  void operator()(const ast::KeepAtLeast& keep) {
    const auto* share = std::get_if<ast::Percent>(&keep.least);
    if (share == nullptr || (share->value >= 0 && share->value <= 100)) return;
    report(share->at, "no layer keeps less than 0% or more than 100% of its channels", "for example `keep at least 25%`");
  }
  void operator()(const ast::RemoveAtMost& remove) {
    if (remove.most.value >= 0 && remove.most.value <= 100) return;
    report(remove.most.at, "no layer loses less than 0% or more than 100% of its channels", "for example `remove at most 50%`");
  }
  void operator()(const ast::SkipEnd& skip) {
    if (skip.count.value > 0) return;
    report(skip.count.at, "`skip " + std::string(to_string(skip.end)) + " 0` skips nothing", "leave the statement out");
  }

 private:
  void report(const ast::Extent& at, std::string message, std::string help) {
    context_.report(Code::kP0303, at, std::move(message), std::move(help));
  }

  Context& context_;
};

std::string kind_of(const ast::Statement& statement) {
  if (std::holds_alternative<ast::Rank>(statement)) return "rank";
  if (std::holds_alternative<ast::Score>(statement)) return "score";
  if (std::holds_alternative<ast::Shuffles>(statement)) return "rule for shuffles";
  if (std::holds_alternative<ast::Groups>(statement)) return "rule for all groups";
  return "tie from the graph";
}

}  // namespace

void number_ranges(Context& context) {
  Ranges ranges(context);
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) std::visit(ranges, statement);
  }
}

/// In one strategy; a child's setting replaces its ancestor's.
void repeated_settings(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    std::vector<const ast::Statement*> settings;
    for (const ast::Statement& statement : strategy->statements) {
      if (!replaces(statement, statement)) continue;
      const ast::Statement* first = nullptr;
      for (const ast::Statement* other : settings) {
        if (replaces(statement, *other)) first = other;
      }
      if (first == nullptr) {
        settings.push_back(&statement);
        continue;
      }
      const bool amount = std::holds_alternative<ast::Ratio>(statement) || std::holds_alternative<ast::Threshold>(statement) ||
                          std::holds_alternative<ast::Budget>(statement);
      Diagnostic& diagnostic = context.report(
          amount ? Code::kP0302 : Code::kP0308, ast::extent_of(statement),
          "the strategy has " + (amount ? std::string("an amount") : "a " + kind_of(statement)) + " already", "leave one of the two out");
      diagnostic.notes.push_back({context.range(ast::extent_of(*first)), "the first one is here"});
    }
  }
}

}  // namespace prunec::checks

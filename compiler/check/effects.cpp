// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

/// What a strategy changes, as far as it can be known without a model.
struct Touched {
  std::set<std::string> sites;  ///< pruned, tied or carried
  bool everything = false;      ///< paths, and what the graph ties, are known only with a model

  explicit Touched(const std::vector<Inherited>& statements) {
    for (const Inherited& one : statements) {
      const bool touches = std::holds_alternative<ast::Prune>(*one.statement) || std::holds_alternative<ast::Tie>(*one.statement) ||
                           std::holds_alternative<ast::ConcatPropagate>(*one.statement) ||
                           std::holds_alternative<ast::ConcatSelect>(*one.statement);
      everything = everything || std::holds_alternative<ast::TieFromGraph>(*one.statement);
      if (!touches) continue;
      for_each_use(*one.statement, [&](const ast::SiteUse& use) {
        everything = everything || !is_name(*one.scope.rules, use);
        sites.insert(key_of(one.scope, use));
      });
    }
  }
};

/// The uses that a statement is about, when it is about some only; ties have a check of their own.
const std::vector<ast::SiteUse>* subject_of(const ast::Statement& statement) {
  if (const auto* skip = std::get_if<ast::Skip>(&statement)) return &skip->sites;
  // The norms of `groups` say which convolution is meant; that may lose what lies on its other side.
  if (std::holds_alternative<ast::Groups>(statement)) return nullptr;
  return std::visit(
      [](const auto& s) -> const std::vector<ast::SiteUse>* {
        if constexpr (requires { s.of; }) return &s.of;
        return nullptr;
      },
      statement);
}

void report_untouched(Context& context, const ast::Statement& statement, const std::vector<ast::SiteUse>& uses) {
  const bool skip = std::holds_alternative<ast::Skip>(statement) || std::holds_alternative<ast::SkipEnd>(statement);
  const std::string names = uses.size() == 1 ? "`" + uses.front().name.text + "` stays" : "these sites stay";
  context.report(
      Code::kP0316, ast::extent_of(statement),
      "this changes nothing: " + names + " whole anyhow, since no statement prunes or carries " + (uses.size() == 1 ? "it" : "them"),
      skip ? "leave the statement out" : "prune what it is about, or leave the statement out");
}

void report_limits(Context& context, const ast::Statement& statement) {
  const auto* keep = std::get_if<ast::KeepAtLeast>(&statement);
  const auto* remove = std::get_if<ast::RemoveAtMost>(&statement);
  const auto* divisible = std::get_if<ast::Divisible>(&statement);
  const auto* count = keep != nullptr ? std::get_if<ast::WholeNumber>(&keep->least) : nullptr;
  const auto* share = keep != nullptr ? std::get_if<ast::Percent>(&keep->least) : nullptr;
  const bool keeps_one = count != nullptr && count->value == 1;
  if ((share != nullptr && share->value == 0) || keeps_one || (remove != nullptr && remove->most.value == 100)) {
    context.report(Code::kP0316, ast::extent_of(statement), "this changes nothing: one channel always stays", "leave the statement out");
  } else if (divisible != nullptr && divisible->multiple.value == 1) {
    context.report(Code::kP0316, divisible->at, "this changes nothing: every width is a multiple of 1", "leave the statement out");
  }
}

}  // namespace

void statements_without_effect(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto all = context.statements(*strategy);
    // Of a strategy that prunes nothing, that is all there is to say.
    if (std::none_of(all.begin(), all.end(), [](const Inherited& one) { return std::holds_alternative<ast::Prune>(*one.statement); }))
      continue;
    const Touched touched(all);
    const auto amount =
        std::find_if(all.begin(), all.end(), [](const Inherited& one) { return std::holds_alternative<ast::Threshold>(*one.statement); });
    for (const Inherited& one : all) {
      if (!one.own) continue;
      report_limits(context, *one.statement);
      const auto* rank = std::get_if<ast::Rank>(one.statement);
      if (rank != nullptr && rank->scope != RankScope::kGlobal && amount != all.end()) {
        Diagnostic& diagnostic = context.report(Code::kP0316, rank->at, "this changes nothing: a threshold is the same for all scores",
                                                "give a ratio or a budget in place of the threshold, or leave the rank out");
        diagnostic.notes.push_back({range_in(amount->scope, ast::extent_of(*amount->statement)), "the threshold is here"});
      }
      const auto* uses = subject_of(*one.statement);
      if (uses == nullptr || uses->empty() || touched.everything) continue;
      const bool untouched = std::none_of(uses->begin(), uses->end(), [&](const ast::SiteUse& use) {
        return context.is_path(use) || touched.sites.contains(key_of(one.scope, use));
      });
      if (untouched) report_untouched(context, *one.statement, *uses);
    }
  }
}

}  // namespace prunec::checks

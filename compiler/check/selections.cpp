// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

/// From behind the one before, so that the comma goes too.
Fix without(const Context& context, const ast::Extent& before, const ast::Extent& listed) {
  return {{context.file().source, {before.end, listed.end}}, ""};
}

void report_twice(Context& context, const std::vector<ast::SiteUse>& uses) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (seen.insert(members_of(context.scope(), uses[i])).second) continue;
    context.report(Code::kP0307, uses[i].at, "`" + uses[i].name.text + "` is listed twice", "leave one of the two out").fix =
        without(context, uses[i - 1].at, uses[i].at);
  }
}

void report_twice(Context& context, const std::vector<ast::Word>& labels) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (seen.insert(labels[i].text).second) continue;
    context.report(Code::kP0307, labels[i].at, "the label `" + labels[i].text + "` is listed twice", "leave one of the two out").fix =
        without(context, labels[i - 1].at, labels[i].at);
  }
}

/// The uses that a strategy and its ancestors prune and skip, found by name: files may be long.
class PrunedAndSkipped {
 public:
  explicit PrunedAndSkipped(Context& context) : context_(context) {}

  /// Only mistakes in the strategy itself are reported; its ancestors report their own.
  void add(const Inherited& one) {
    const auto* prune = std::get_if<ast::Prune>(one.statement);
    const auto* skip = std::get_if<ast::Skip>(one.statement);
    if (prune == nullptr && skip == nullptr) return;
    for (const ast::SiteUse& use : prune != nullptr ? prune->sites : skip->sites) {
      auto& mine = prune != nullptr ? pruned_ : skipped_;
      const auto& others = prune != nullptr ? skipped_ : pruned_;
      const std::string key = key_of(one.scope, use);
      const auto found = others.find(key);
      if (one.own && found != others.end()) compare(use, found->second, prune != nullptr);
      mine[key].push_back({&use, one.scope});
    }
  }

 private:
  struct Place {
    const ast::SiteUse* use;
    Scope scope;
  };

  /// To skip some of what is pruned is what skips are for; to skip all of it contradicts.
  void compare(const ast::SiteUse& use, const std::vector<Place>& others, bool prunes) {
    const auto other =
        std::find_if(others.begin(), others.end(), [&](const Place& o) { return prunes ? covers(*o.use, use) : covers(use, *o.use); });
    if (other == others.end()) return;
    Diagnostic& diagnostic =
        context_.report(Code::kP0301, use.at, "`" + use.name.text + "` is pruned and skipped", "leave one of the two out");
    diagnostic.notes.push_back({range_in(other->scope, other->use->at), prunes ? "skipped here" : "pruned here"});
  }

  Context& context_;
  std::map<std::string, std::vector<Place>> pruned_, skipped_;
};

bool keeps_all(const Inherited& one) {
  if (const auto* remove = std::get_if<ast::RemoveAtMost>(one.statement)) return remove->most.value == 0 && remove->of.empty();
  const auto* keep = std::get_if<ast::KeepAtLeast>(one.statement);
  const auto* share = keep == nullptr ? nullptr : std::get_if<ast::Percent>(&keep->least);
  return share != nullptr && share->value == 100 && keep->of.empty();
}

void report_all_kept(Context& context, const ast::Strategy& strategy, const std::vector<Inherited>& all) {
  const auto bound = std::find_if(all.begin(), all.end(), keeps_all);
  if (bound == all.end() || !bound->own) return;
  context.report(Code::kP0304, ast::extent_of(*bound->statement),
                 "the strategy `" + strategy.name.text + "` prunes nothing: every layer keeps all its channels",
                 "let layers lose some, or say `of` which sites the bound is for");
}

}  // namespace

void pruned_and_skipped(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    PrunedAndSkipped uses(context);
    for (const Inherited& one : context.statements(*strategy)) uses.add(one);
  }
}

void listed_twice(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      std::visit(
          [&](const auto& s) {
            if constexpr (requires { s.sites; }) report_twice(context, s.sites);
            if constexpr (requires { s.of; }) report_twice(context, s.of);
            if constexpr (requires { s.carrying; }) report_twice(context, s.carrying);
            if constexpr (requires { s.across; }) report_twice(context, s.across);
          },
          statement);
    }
  }
}

void prunes_nothing(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto all = context.statements(*strategy);
    if (std::any_of(all.begin(), all.end(), [](const Inherited& one) { return std::holds_alternative<ast::Prune>(*one.statement); })) {
      report_all_kept(context, *strategy, all);
      continue;
    }
    context.report(Code::kP0304, strategy->name.at, "the strategy `" + strategy->name.text + "` prunes nothing",
                   "add a `prune` statement, or extend a strategy that has one");
  }
}

}  // namespace prunec::checks

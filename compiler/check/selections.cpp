// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

bool same(const ast::SiteUse& a, const ast::SiteUse& b) {
  return a.name == b.name && a.filters == b.filters;
}

void report_twice(Context& context, const std::vector<ast::SiteUse>& uses) {
  for (std::size_t i = 1; i < uses.size(); ++i) {
    const auto end = uses.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::none_of(uses.begin(), end, [&](const auto& use) { return same(use, uses[i]); })) continue;
    Diagnostic& diagnostic =
        context.report(Code::kP0307, uses[i].at, "`" + uses[i].name.text + "` is listed twice", "leave one of the two out");
    // From behind the use before, so that the comma goes too.
    diagnostic.fix = Fix{{context.file().source, {uses[i - 1].at.end, uses[i].at.end}}, ""};
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

  /// A filtered skip of a pruned site is what skips are for; only the same extent contradicts.
  void compare(const ast::SiteUse& use, const std::vector<Place>& others, bool prunes) {
    const auto other = std::find_if(others.begin(), others.end(), [&](const Place& o) { return o.use->filters == use.filters; });
    if (other == others.end()) return;
    Diagnostic& diagnostic =
        context_.report(Code::kP0301, use.at, "`" + use.name.text + "` is pruned and skipped", "leave one of the two out");
    diagnostic.notes.push_back({range_in(other->scope, other->use->at), prunes ? "skipped here" : "pruned here"});
  }

  Context& context_;
  std::map<std::string, std::vector<Place>> pruned_, skipped_;
};

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
          },
          statement);
    }
  }
}

void prunes_nothing(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto all = context.statements(*strategy);
    if (std::any_of(all.begin(), all.end(), [](const Inherited& one) { return std::holds_alternative<ast::Prune>(*one.statement); }))
      continue;
    context.report(Code::kP0304, strategy->name.at, "the strategy `" + strategy->name.text + "` prunes nothing",
                   "add a `prune` statement, or extend a strategy that has one");
  }
}

}  // namespace prunec::checks

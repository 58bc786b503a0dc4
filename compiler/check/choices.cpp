// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <map>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

/// Pairs of statements of which a site can have only one.
class Choices {
 public:
  explicit Choices(Context& context) : context_(context) {}

  void add(const Inherited& one) {
    if (const auto* concat = std::get_if<ast::ConcatPropagate>(one.statement))
      add_all(one, concat->sites, "concat-propagate", "concat-select");
    if (const auto* concat = std::get_if<ast::ConcatSelect>(one.statement))
      add_all(one, concat->sites, "concat-select", "concat-propagate");
    if (const auto* groups = std::get_if<ast::Groups>(one.statement)) {
      const bool keep = groups->rule == GroupRule::kKeep;
      add_all(one, groups->of, keep ? "groups keep" : "groups drop", keep ? "groups drop" : "groups keep");
    }
  }

 private:
  void add_all(const Inherited& one, const std::vector<ast::SiteUse>& uses, const std::string& mine, const std::string& other) {
    for (const ast::SiteUse& use : uses) {
      const std::string key = members_of(one.scope, use);
      const auto found = seen_.find({other, key});
      if (one.own && found != seen_.end()) {
        Diagnostic& diagnostic = context_.report(
            Code::kP0312, use.at, "`" + use.name.text + "` is under `" + mine + "` and under `" + other + "`", "leave one of the two out");
        diagnostic.notes.push_back({found->second, "`" + other + "` is said here"});
      }
      seen_.emplace(std::pair(mine, key), range_in(one.scope, use.at));
    }
  }

  Context& context_;
  std::map<std::pair<std::string, std::string>, SourceRange> seen_;
};

}  // namespace

void contradictory_choices(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    Choices choices(context);
    for (const Inherited& one : context.statements(*strategy)) choices.add(one);
  }
}

/// Of everything, or of the same sites.
void contradictory_roundings(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    std::map<std::string, Inherited> first;
    for (const Inherited& one : context.statements(*strategy)) {
      const auto* divisible = std::get_if<ast::Divisible>(one.statement);
      if (divisible == nullptr || !divisible->rounding) continue;
      const Inherited& other = first.emplace(members_of(one.scope, divisible->of), one).first->second;
      const Rounding rounding = *std::get<ast::Divisible>(*other.statement).rounding;
      if (!one.own || rounding == *divisible->rounding) continue;
      Diagnostic& diagnostic = context.report(Code::kP0312, divisible->at,
                                              "the same widths are rounded `" + std::string(to_string(*divisible->rounding)) + "` and `" +
                                                  std::string(to_string(rounding)) + "`",
                                              "leave one of the two out, or say `of` which sites each is for");
      diagnostic.notes.push_back({range_in(other.scope, ast::extent_of(*other.statement)), "the other rounding is here"});
    }
  }
}

}  // namespace prunec::checks

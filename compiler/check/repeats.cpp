// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

/// More uses of one site than that are compared with the first ones only: no person writes them.
constexpr std::size_t kMostCompared = 64;

/// A use in one of the statements that prune, or that skip.
struct Selection {
  const ast::SiteUse* use;
  const Inherited* statement;
};

/// That the same words stand twice in one statement has its own message.
bool is_listed_twice(const Selection& a, const Selection& b) {
  return a.statement == b.statement && a.use->filters == b.use->filters;
}

/// Whether `one` says nothing that `other` does not say; of two that say the same, the later one repeats.
bool repeats(const std::vector<Selection>& all, std::size_t one, std::size_t other) {
  if (one == other || is_listed_twice(all[one], all[other]) || !covers(*all[other].use, *all[one].use)) return false;
  return other < one || !covers(*all[one].use, *all[other].use);
}

void report_repeats(Context& context, const std::vector<Selection>& all, const std::string& done) {
  const std::size_t compared = std::min(all.size(), kMostCompared);
  for (std::size_t one = 0; one < all.size(); ++one) {
    if (!all[one].statement->own) continue;
    std::size_t other = 0;
    while (other < compared && !repeats(all, one, other)) ++other;
    if (other == compared) continue;
    const ast::SiteUse& use = *all[one].use;
    Diagnostic& diagnostic =
        context.report(Code::kP0316, use.at, "this changes nothing: `" + use.name.text + "` is " + done + " elsewhere", "leave it out");
    diagnostic.notes.push_back({range_in(all[other].statement->scope, all[other].use->at), done + " here"});
  }
}

void repeated_selections(Context& context, const std::vector<Inherited>& statements) {
  std::map<std::string, std::vector<Selection>> pruned, skipped;
  for (const Inherited& one : statements) {
    const auto* prune = std::get_if<ast::Prune>(one.statement);
    const auto* skip = std::get_if<ast::Skip>(one.statement);
    if (prune == nullptr && skip == nullptr) continue;
    auto& mine = prune != nullptr ? pruned : skipped;
    for (const ast::SiteUse& use : prune != nullptr ? prune->sites : skip->sites) mine[key_of(one.scope, use)].push_back({&use, &one});
  }
  for (const auto& [key, all] : pruned) report_repeats(context, all, "pruned");
  for (const auto& [key, all] : skipped) report_repeats(context, all, "skipped");
}

/// What a statement demands of some sites, such that of two demands of one kind the larger one holds for both.
struct Demand {
  std::string kind;
  double size;
};

/// Nothing for what is told to change nothing by itself.
std::optional<Demand> demand_of(const Inherited& one) {
  if (const auto* skip = std::get_if<ast::SkipEnd>(one.statement))
    return Demand{(skip->end == End::kFirst ? "first " : "last ") + members_of(one.scope, skip->of),
                  static_cast<double>(skip->count.value)};
  const auto share_of = [&](double share, const std::vector<ast::SiteUse>& of) {
    return share == 0 ? std::nullopt : std::optional(Demand{"share " + members_of(one.scope, of), share});
  };
  if (const auto* remove = std::get_if<ast::RemoveAtMost>(one.statement)) return share_of(100 - remove->most.value, remove->of);
  const auto* keep = std::get_if<ast::KeepAtLeast>(one.statement);
  if (keep == nullptr) return std::nullopt;
  if (const auto* share = std::get_if<ast::Percent>(&keep->least)) return share_of(share->value, keep->of);
  const std::size_t count = std::get<ast::WholeNumber>(keep->least).value;
  return count < 2 ? std::nullopt : std::optional(Demand{"count " + members_of(one.scope, keep->of), static_cast<double>(count)});
}

void report_weaker(Context& context, const Inherited& weaker, const Inherited& stronger) {
  Diagnostic& diagnostic = context.report(Code::kP0316, ast::extent_of(*weaker.statement),
                                          "this changes nothing: another statement asks for as much or more", "leave the statement out");
  diagnostic.notes.push_back({range_in(stronger.scope, ast::extent_of(*stronger.statement)), "it is here"});
}

void weaker_demands(Context& context, const std::vector<Inherited>& statements) {
  std::map<std::string, std::pair<double, const Inherited*>> strongest;
  for (const Inherited& one : statements) {
    const auto demand = demand_of(one);
    if (!demand) continue;
    const auto [entry, added] = strongest.emplace(demand->kind, std::pair(demand->size, &one));
    if (!added && entry->second.first < demand->size) entry->second = {demand->size, &one};
  }
  for (const Inherited& one : statements) {
    const auto demand = one.own ? demand_of(one) : std::nullopt;
    if (demand && strongest[demand->kind].second != &one) report_weaker(context, one, *strongest[demand->kind].second);
  }
}

/// Every multiple of 32 is one of 8; the same sites rounded otherwise are another matter.
void weaker_divisors(Context& context, const std::vector<Inherited>& statements) {
  std::map<std::pair<Rounding, std::string>, const Inherited*> largest;
  const auto divisor = [](const Inherited& one) -> const ast::Divisible& { return std::get<ast::Divisible>(*one.statement); };
  const auto key = [&](const Inherited& one) {
    return std::pair(divisor(one).rounding.value_or(Rounding::kUp), members_of(one.scope, divisor(one).of));
  };
  std::vector<const Inherited*> divisors;
  for (const Inherited& one : statements) {
    if (!std::holds_alternative<ast::Divisible>(*one.statement) || divisor(one).multiple.value == 1) continue;
    divisors.push_back(&one);
    const Inherited*& known = largest.emplace(key(one), &one).first->second;
    if (divisor(*known).multiple.value < divisor(one).multiple.value) known = &one;
  }
  for (const Inherited* one : divisors) {
    const Inherited* other = largest[key(*one)];
    const bool weaker = other != one && divisor(*other).multiple.value % divisor(*one).multiple.value == 0;
    if (one->own && weaker) report_weaker(context, *one, *other);
  }
}

}  // namespace

void repeated_statements(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto statements = context.statements(*strategy);
    repeated_selections(context, statements);
    weaker_demands(context, statements);
    weaker_divisors(context, statements);
  }
}

}  // namespace prunec::checks

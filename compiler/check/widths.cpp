// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

/// No layer that anybody prunes is wider.
constexpr std::size_t kWidestLayer = 65536;

std::string percent(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g%%", value);
  return text;
}

/// The share of everything that may go at most, by one statement.
std::optional<double> most_removed(const Inherited& one) {
  if (const auto* keep = std::get_if<ast::KeepAtLeast>(one.statement)) {
    const auto* share = std::get_if<ast::Percent>(&keep->least);
    return share != nullptr && keep->of.empty() ? std::optional(100 - share->value) : std::nullopt;
  }
  const auto* remove = std::get_if<ast::RemoveAtMost>(one.statement);
  return remove != nullptr && remove->of.empty() ? std::optional(remove->most.value) : std::nullopt;
}

/// The share of everything that the strategy wants to go.
std::optional<double> wanted(const ast::Statement& statement) {
  if (const auto* ratio = std::get_if<ast::Ratio>(&statement)) return ratio->percent.value;
  const auto* budget = std::get_if<ast::Budget>(&statement);
  return budget != nullptr && budget->resource == Resource::kChannels ? std::optional(100 - budget->percent.value) : std::nullopt;
}

}  // namespace

/// Only what holds of everything can be compared with the amount; for single sites the amount decides on the others.
void impossible_bounds(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto all = context.statements(*strategy);
    for (const Inherited& amount : all) {
      const auto asked = wanted(*amount.statement);
      if (!asked || *asked > 100) continue;
      const auto bound = std::find_if(all.begin(), all.end(), [&](const Inherited& one) {
        const auto most = most_removed(one);
        return most && *most >= 0 && *most < *asked;
      });
      if (bound == all.end() || (!amount.own && !bound->own)) continue;
      const Inherited& here = amount.own ? amount : *bound;
      const Inherited& other = amount.own ? *bound : amount;
      Diagnostic& diagnostic =
          context.report(Code::kP0313, ast::extent_of(*here.statement),
                         percent(*asked) + " of the channels cannot go where every layer loses at most " + percent(*most_removed(*bound)),
                         "change one of the two");
      diagnostic.notes.push_back(
          {range_in(other.scope, ast::extent_of(*other.statement)), amount.own ? "the bound is here" : "the amount is here"});
    }
  }
}

void divisors_without_width(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    std::map<std::string, std::vector<Inherited>> by_extent;
    for (const Inherited& one : context.statements(*strategy)) {
      const auto* divisible = std::get_if<ast::Divisible>(one.statement);
      if (divisible == nullptr || divisible->multiple.value == 0) continue;
      auto& others = by_extent[members_of(one.scope, divisible->of)];
      if (one.own) {
        for (const Inherited& other : others) {
          const std::size_t a = divisible->multiple.value, b = std::get<ast::Divisible>(*other.statement).multiple.value;
          const std::size_t step = a / std::gcd(a, b);
          if (step <= kWidestLayer / b) continue;
          Diagnostic& diagnostic =
              context.report(Code::kP0314, divisible->at,
                             "no layer is wide enough for a multiple of " + std::to_string(a) + " and of " + std::to_string(b),
                             "leave one of the two out, or choose divisors that have more in common");
          diagnostic.notes.push_back({range_in(other.scope, ast::extent_of(*other.statement)), "the other divisor is here"});
          break;
        }
      }
      if (others.empty()) others.push_back(one);
    }
  }
}

void bounds_between_multiples(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto all = context.statements(*strategy);
    std::map<std::string, const Inherited*> divisors;
    for (const Inherited& one : all) {
      if (const auto* divisible = std::get_if<ast::Divisible>(one.statement)) divisors.emplace(members_of(one.scope, divisible->of), &one);
    }
    for (const Inherited& one : all) {
      const auto* keep = std::get_if<ast::KeepAtLeast>(one.statement);
      const auto* least = keep == nullptr ? nullptr : std::get_if<ast::WholeNumber>(&keep->least);
      if (least == nullptr) continue;
      const auto found = divisors.find(members_of(one.scope, keep->of));
      if (found == divisors.end() || (!one.own && !found->second->own)) continue;
      const auto& divisible = std::get<ast::Divisible>(*found->second->statement);
      const std::size_t multiple = divisible.multiple.value;
      if (least->value % multiple == 0 || multiple == 1) continue;
      const std::size_t next = (least->value / multiple + 1) * multiple;
      const bool here = one.own;
      Diagnostic& diagnostic = context.report(Code::kP0315, here ? keep->at : divisible.at,
                                              "at least " + std::to_string(least->value) + " comes to at least " + std::to_string(next) +
                                                  ", since widths are multiples of " + std::to_string(multiple),
                                              "write `keep at least " + std::to_string(next) + "`");
      const Inherited& other = here ? *found->second : one;
      diagnostic.notes.push_back(
          {range_in(other.scope, ast::extent_of(*other.statement)), here ? "the divisor is here" : "the bound is here"});
    }
  }
}

}  // namespace prunec::checks

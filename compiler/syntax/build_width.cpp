// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <utility>

#include "compiler/syntax/build_statement.h"
#include "compiler/syntax/values.h"

namespace prunec::syntax {
namespace {

using Grammar = prunec_grammar::PruneParser;

std::optional<ast::Statement> divisible(const Parts& parts, Grammar::DivisibleContext& context) {
  ast::Divisible divisible;
  divisible.at = parts.extent_of(context);
  auto multiple = parts.whole_number(context.wholeNumber());
  bool good = !Parts::failed(&context) && multiple;
  if (multiple) divisible.multiple = *multiple;
  bool of = false, round = false;
  for (auto* clause : context.divisibleClause()) {
    if (clause->KW_ROUND() != nullptr) {
      divisible.rounding = parts.choice(clause->rounding(), std::vector{Rounding::kUp, Rounding::kDown, Rounding::kNearest}, "round");
      good = parts.once(round, "round", *clause) && divisible.rounding && good;
    } else {
      auto uses = parts.sites(clause->sites());
      good = parts.once(of, "of", *clause) && uses && good;
      if (uses) divisible.of = std::move(*uses);
    }
  }
  return good ? std::optional<ast::Statement>(std::move(divisible)) : std::nullopt;
}

std::optional<ast::Statement> keep_at_least(const Parts& parts, Grammar::KeepAtLeastContext& context) {
  auto of = parts.optional_sites(context.sites());
  ast::KeepAtLeast keep;
  keep.at = parts.extent_of(context);
  bool good = !Parts::failed(&context) && of && !Parts::failed(context.number());
  if (good && context.PERCENT() != nullptr) {
    const auto least = parts.percent(context.number());
    good = least.has_value();
    if (least) keep.least = *least;
  } else if (good && context.number()->INT() != nullptr) {
    const auto least = parts.whole_number(context.number());
    good = least.has_value();
    if (least) keep.least = *least;
  } else if (good) {
    report_no_percent(parts.mistakes(), parts.span_of(*context.number()), "a whole number or a share in percent after `least`");
    good = false;
  }
  if (!good) return std::nullopt;
  keep.of = std::move(*of);
  return keep;
}

std::optional<ast::Statement> remove_at_most(const Parts& parts, Grammar::RemoveAtMostContext& context) {
  auto most = parts.percent(context.number());
  auto of = parts.optional_sites(context.sites());
  if (Parts::failed(&context) || !most || !of) return std::nullopt;
  return ast::RemoveAtMost{*most, std::move(*of), parts.extent_of(context)};
}

}  // namespace

std::optional<ast::Statement> build_width(const Parts& parts, Context& context) {
  if (auto* written = dynamic_cast<Grammar::DivisibleContext*>(&context)) return divisible(parts, *written);
  if (auto* written = dynamic_cast<Grammar::KeepAtLeastContext*>(&context)) return keep_at_least(parts, *written);
  return remove_at_most(parts, dynamic_cast<Grammar::RemoveAtMostContext&>(context));
}

}  // namespace prunec::syntax

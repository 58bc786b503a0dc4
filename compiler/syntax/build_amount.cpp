// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <utility>

#include "compiler/syntax/build_statement.h"

namespace prunec::syntax {
namespace {

using Grammar = prunec_grammar::PruneParser;

std::optional<ast::Statement> ratio(const Parts& parts, Grammar::RatioContext& context) {
  const auto percent = parts.percent(context.number());
  if (Parts::failed(&context) || !percent) return std::nullopt;
  return ast::Ratio{*percent, context.KW_EXACT() != nullptr, parts.extent_of(context)};
}

std::optional<ast::Statement> threshold(const Parts& parts, Grammar::ThresholdContext& context) {
  const auto value = parts.number(context.number());
  if (Parts::failed(&context) || !value) return std::nullopt;
  return ast::Threshold{*value, parts.extent_of(context)};
}

std::optional<ast::Statement> budget(const Parts& parts, Grammar::BudgetContext& context) {
  const auto resource =
      parts.choice(context.resource(), std::vector{Resource::kChannels, Resource::kParams, Resource::kMacs, Resource::kLatency}, "budget");
  const auto percent = parts.percent(context.number());
  if (Parts::failed(&context) || !resource || !percent) return std::nullopt;
  return ast::Budget{*resource, *percent, parts.extent_of(context)};
}

std::optional<ast::Statement> rank(const Parts& parts, Grammar::RankContext& context) {
  ast::Rank rank;
  rank.at = parts.extent_of(context);
  if (Parts::failed(&context)) return std::nullopt;
  if (context.KW_PER() == nullptr) return rank;
  auto label = parts.name(context.label());
  if (!label) return std::nullopt;
  if (label->text == "site") {
    rank.scope = RankScope::kPerSite;
  } else {
    rank.scope = RankScope::kPerLabel;
    rank.label = std::move(*label);
  }
  return rank;
}

std::optional<ast::Statement> score(const Parts& parts, Grammar::ScoreContext& context) {
  ast::Score score;
  score.at = parts.extent_of(context);
  bool good = !Parts::failed(&context);
  if (auto* norm = context.weightNorm()) {
    const auto index = parts.index_of_choice(norm, {"l1", "l2"}, "weight");
    good = good && index;
    score.kind = index == std::size_t{1} ? ScoreKind::kWeightL2 : ScoreKind::kWeightL1;
  }
  if (auto* divisor = context.normalisation()) {
    const auto normalised =
        parts.choice(divisor, std::vector{Normalisation::kMax, Normalisation::kMean, Normalisation::kL2}, "normalized by");
    good = good && normalised;
    score.normalised_by = normalised.value_or(Normalisation::kNone);
  }
  return good ? std::optional<ast::Statement>(std::move(score)) : std::nullopt;
}

}  // namespace

std::optional<ast::Statement> build_amount(const Parts& parts, Context& context) {
  if (auto* written = dynamic_cast<Grammar::RatioContext*>(&context)) return ratio(parts, *written);
  if (auto* written = dynamic_cast<Grammar::ThresholdContext*>(&context)) return threshold(parts, *written);
  if (auto* written = dynamic_cast<Grammar::BudgetContext*>(&context)) return budget(parts, *written);
  if (auto* written = dynamic_cast<Grammar::RankContext*>(&context)) return rank(parts, *written);
  return score(parts, dynamic_cast<Grammar::ScoreContext&>(context));
}

}  // namespace prunec::syntax

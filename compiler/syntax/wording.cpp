// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/wording.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>

namespace prunec::syntax {
namespace {

using prunec_grammar::PruneParser;

Expectation name_expectation(std::size_t parent_rule) {
  switch (parent_rule) {
    case PruneParser::RuleArchitecture:
      return {Code::kP0101, "a name for the architecture", "for example `architecture resnet18`"};
    case PruneParser::RuleSite:
      return {Code::kP0101, "a name for the site", "for example `site bn1 = layer{stage}.{block}.bn1`"};
    default:
      return {Code::kP0101, "the name of a strategy", ""};
  }
}

Expectation number_expectation(std::size_t parent_rule) {
  if (parent_rule == PruneParser::RuleRatio) return {Code::kP0104, "a number", "write the ratio in percent, for example `ratio 40%`"};
  return {Code::kP0104, "a number", "for example `threshold 0.05`"};
}

Expectation whole_number_expectation(std::size_t parent_rule) {
  if (parent_rule == PruneParser::RuleSkip)
    return {Code::kP0104, "a whole number", "write the count in digits, for example `skip first 3`"};
  return {Code::kP0104, "a whole number", "write the multiple in digits, for example `divisible 32`"};
}

Expectation token_expectation(std::size_t rule, std::size_t token) {
  switch (token) {
    case PruneParser::EQUALS:
      if (rule == PruneParser::RuleSite)
        return {Code::kP0101, "`=` and a path pattern", "for example `site bn1 = layer{stage}.{block}.bn1`"};
      return {Code::kP0101, "`=` and a value",
              rule == PruneParser::RuleFilter ? "for example `bn2[stage=4]`" : "for example `where stage = 1`"};
    case PruneParser::LBRACE:
      return {Code::kP0101, "`{`", "a strategy's statements stand between `{` and `}`"};
    case PruneParser::RBRACE:
      return {Code::kP0112, "`}`", "close the strategy with `}`"};
    case PruneParser::RBRACKET:
      return {Code::kP0101, "`]`", "for example `bn2[stage=4]`"};
    case PruneParser::PERCENT:
      return {Code::kP0101, "`%`", "write the ratio in percent, for example `ratio 40%`"};
    case PruneParser::KW_STRATEGY:
      return {Code::kP0101, "`strategy`", "for example `default strategy all`"};
    default:
      return {Code::kP0101, "something else", ""};
  }
}

}  // namespace

Expectation expectation(std::size_t rule, std::size_t parent_rule, std::size_t token) {
  switch (rule) {
    case PruneParser::RuleVersionNumber:
      return {Code::kP0104, "the language version", "the first line reads `prunec 1`"};
    case PruneParser::RuleName:
      return name_expectation(parent_rule);
    case PruneParser::RulePattern:
      return {Code::kP0101, "a path pattern", "for example `layer{stage}.{block}.bn1`"};
    case PruneParser::RulePath:
      return {Code::kP0101, "a site", "name a site, or write a path such as `layer4.*.bn1`"};
    case PruneParser::RuleSkip:
      return {Code::kP0101, "a site, `first` or `last`", "for example `skip stem` or `skip first 3`"};
    case PruneParser::RuleLabel:
      return {Code::kP0101, "a label", "a label is what a site's pattern captures, such as `stage` in `layer{stage}`"};
    case PruneParser::RuleValue:
      return {Code::kP0101, "a value", "write a value `4`, several `1|3`, or a range `2..` or `1..3`"};
    case PruneParser::RulePolicy:
      return {Code::kP0101, "a policy", "one of `mean`, `max`, `min`, `sum`, `l2`, `any`, `all`, `quota`"};
    case PruneParser::RuleRounding:
      return {Code::kP0101, "`up`, `down` or `nearest`", ""};
    case PruneParser::RuleWholeNumber:
      return whole_number_expectation(parent_rule);
    case PruneParser::RuleNumber:
      return number_expectation(parent_rule);
    default:
      return token_expectation(rule, token);
  }
}

}  // namespace prunec::syntax

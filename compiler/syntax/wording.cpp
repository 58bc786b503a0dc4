// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/wording.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <utility>

namespace prunec::syntax {
namespace {

using prunec_grammar::PruneParser;

Expectation name_expectation(std::size_t parent_rule) {
  switch (parent_rule) {
    case PruneParser::RuleArchitecture:
      return {Code::kP0101, "a name for the architecture", "for example `architecture resnet18`"};
    case PruneParser::RuleSite:
      return {Code::kP0101, "a name for the site", "for example `site bn1 = layer{stage}.{block}.bn1`"};
    case PruneParser::RuleLayoutHead:
      return {Code::kP0101, "a name for the layout", "name it after where the module names come from, for example `layout timm`"};
    case PruneParser::RuleUseClause:
      return {Code::kP0101, "a name for the rules", "for example `use \"resnet50.prune\" as backbone`"};
    case PruneParser::RuleStrategyHead:
      return {Code::kP0101, "a name for the strategy", "for example `strategy all`"};
    default:
      return {Code::kP0101, "the name of a strategy", ""};
  }
}

Expectation path_expectation(std::size_t parent_rule) {
  if (parent_rule == PruneParser::RuleUseClause)
    return {Code::kP0101, "the path of a module", "for example `use \"resnet50.prune\" under backbone.body`"};
  return {Code::kP0101, "a site", "name a site, or write a path such as `layer4.*.bn1`"};
}

std::string percent_help(std::size_t rule) {
  switch (rule) {
    case PruneParser::RuleBudget:
      return "write what may be left in percent, for example `budget macs 50%`";
    case PruneParser::RuleRemoveAtMost:
      return "write the share in percent, for example `remove at most 50%`";
    default:
      return "write the ratio in percent, for example `ratio 40%`";
  }
}

Expectation number_expectation(std::size_t parent_rule) {
  switch (parent_rule) {
    case PruneParser::RuleThreshold:
      return {Code::kP0104, "a number", "for example `threshold 0.05`"};
    case PruneParser::RuleKeepAtLeast:
      return {Code::kP0104, "a number", "a number of channels or a share, for example `keep at least 16` or `keep at least 25%`"};
    default:
      return {Code::kP0104, "a number", percent_help(parent_rule)};
  }
}

Expectation whole_number_expectation(std::size_t parent_rule) {
  if (parent_rule == PruneParser::RuleSkip)
    return {Code::kP0104, "a whole number", "write the count in digits, for example `skip first 3`"};
  return {Code::kP0104, "a whole number", "write the multiple in digits, for example `divisible 32`"};
}

Expectation block_expectation(std::size_t rule, std::size_t token) {
  const bool layout = rule == PruneParser::RuleLayout || rule == PruneParser::RuleLayoutHead;
  if (token == PruneParser::LBRACE)
    return {Code::kP0101, "`{`",
            layout ? "a layout's sites stand between `{` and `}`" : "a strategy's statements stand between `{` and `}`"};
  return {Code::kP0112, "`}`", layout ? "close the layout with `}`" : "close the strategy with `}`"};
}

/// A keyword in the middle of a statement, as the whole phrase.
Expectation phrase(const std::string& what, const std::string& example, std::vector<std::string> candidates) {
  return {Code::kP0101, what, "for example `" + example + "`", std::move(candidates)};
}

Expectation token_expectation(std::size_t rule, std::size_t token) {
  switch (token) {
    case PruneParser::EQUALS:
      if (rule == PruneParser::RuleSite)
        return {Code::kP0101, "`=` and a path pattern", "for example `site bn1 = layer{stage}.{block}.bn1`"};
      return {Code::kP0101, "`=` and a value",
              rule == PruneParser::RuleFilter ? "for example `bn2[stage=4]`" : "for example `where stage = 1`"};
    case PruneParser::LBRACE:
    case PruneParser::RBRACE:
      return block_expectation(rule, token);
    case PruneParser::RBRACKET:
      return {Code::kP0101, "`]`", "for example `bn2[stage=4]`"};
    case PruneParser::PERCENT:
      return {Code::kP0101, "`%`", percent_help(rule), {}, token};
    case PruneParser::KW_STRATEGY:
      return phrase("`strategy`", "default strategy all", {"strategy"});
    case PruneParser::KW_GRAPH:
      return phrase("`graph`", "tie from graph by mean", {"graph"});
    case PruneParser::KW_IF:
      return phrase("`if unrelated`", "tie bn1, bn2 even if unrelated", {"if"});
    case PruneParser::KW_UNRELATED:
      return phrase("`unrelated`", "tie bn1, bn2 even if unrelated", {"unrelated"});
    case PruneParser::KW_AT:
      return rule == PruneParser::RuleKeepAtLeast ? phrase("`at least`", "keep at least 16", {"at"})
                                                  : phrase("`at most`", "remove at most 50%", {"at"});
    case PruneParser::KW_LEAST:
      return phrase("`least`", "keep at least 16", {"least"});
    case PruneParser::KW_MOST:
      return phrase("`most`", "remove at most 50%", {"most"});
    case PruneParser::KW_BY:
      return phrase("`by`", "score gamma normalized by max", {"by"});
    default:
      return {Code::kP0101, "something else", ""};
  }
}

}  // namespace

Expectation expectation(std::size_t rule, std::size_t parent_rule, std::size_t token) {
  // Where one token alone fits, that says more than the rule.
  if (token != 0 && (rule == PruneParser::RuleRank || rule == PruneParser::RuleScore || rule == PruneParser::RuleTie))
    return token_expectation(rule, token);
  switch (rule) {
    case PruneParser::RuleVersionNumber:
      return {Code::kP0104, "the language version", "the first line reads `prunec 1`"};
    case PruneParser::RuleFileName: {
      Expectation text{Code::kP0101, "a file name in quotes", "for example `use \"resnet50.prune\" under backbone.body`"};
      text.quoted = true;
      return text;
    }
    case PruneParser::RuleName:
      return name_expectation(parent_rule);
    case PruneParser::RuleReference:
      return {Code::kP0101, "the name of a strategy", ""};
    case PruneParser::RulePattern:
      return {Code::kP0101, "a path pattern", "for example `layer{stage}.{block}.bn1`"};
    case PruneParser::RulePath:
      return path_expectation(parent_rule);
    case PruneParser::RuleSkip:
      return {Code::kP0101, "a site, `first` or `last`", "for example `skip stem` or `skip first 3`"};
    case PruneParser::RuleTie:
      return {Code::kP0101, "a site or `from graph`", "for example `tie bn2 across stage` or `tie from graph`"};
    case PruneParser::RuleLabel:
      return {Code::kP0101, "a label", "a label is what a site's pattern captures, such as `stage` in `layer{stage}`"};
    case PruneParser::RuleValue:
      return {Code::kP0101, "a value", "write a value `4`, several `1|3`, or a range `2..` or `1..3`"};
    case PruneParser::RulePolicy:
      return {Code::kP0101, "a policy", "one of `mean`, `max`, `min`, `sum`, `l2`, `any`, `all`, `quota`"};
    case PruneParser::RuleRounding:
      return {Code::kP0101, "`up`, `down` or `nearest`", ""};
    case PruneParser::RuleGroupRule:
      return {Code::kP0101, "`keep` or `drop`", "for example `groups keep`"};
    case PruneParser::RuleShuffleRule:
      return {Code::kP0101, "`keep` or `select`", "for example `shuffles keep`"};
    case PruneParser::RuleResource:
      return {Code::kP0101, "`channels`, `params`, `macs` or `latency`", "for example `budget macs 50%`"};
    case PruneParser::RuleRank:
      return phrase("`global`, `per site` or `per` and a label", "rank per stage", {"global", "per"});
    case PruneParser::RuleScore:
      return phrase("`gamma` or `weight`", "score gamma normalized by max", {"gamma", "weight"});
    case PruneParser::RuleWeightNorm:
      return {Code::kP0101, "`l1` or `l2`", "for example `score weight l1`"};
    case PruneParser::RuleNormalisation:
      return {Code::kP0101, "`max`, `mean` or `l2`", "for example `score gamma normalized by max`"};
    case PruneParser::RuleUseClause:
      return {Code::kP0101, "`under` or `as`", "for example `use \"resnet50.prune\" under backbone.body as resnet50`"};
    case PruneParser::RuleWholeNumber:
      return whole_number_expectation(parent_rule);
    case PruneParser::RuleNumber:
      return number_expectation(parent_rule);
    default:
      return token_expectation(rule, token);
  }
}

}  // namespace prunec::syntax

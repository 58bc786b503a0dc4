// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/describe.h"

#include <cstdio>

namespace prunec {
namespace {

template <typename T, typename Text>
std::string listed(const std::vector<T>& list, Text text) {
  std::string joined;
  for (std::size_t i = 0; i < list.size(); ++i) joined += (i == 0 ? "" : i + 1 == list.size() ? " and " : ", ") + text(list[i]);
  return joined;
}

std::string values(const CaptureRange& range) {
  if (const auto* numbers = std::get_if<NumberRange>(&range)) {
    const std::string first = std::to_string(numbers->first);
    return numbers->last ? first + " to " + std::to_string(*numbers->last) : first + " or more";
  }
  if (const auto* one_of = std::get_if<OneOf>(&range)) {
    std::string joined;
    for (std::size_t i = 0; i < one_of->values.size(); ++i)
      joined += (i == 0 ? "" : i + 1 == one_of->values.size() ? " or " : ", ") + one_of->values[i];
    return joined;
  }
  return "anything";
}

std::string named(const SiteUse& use) {
  std::string text = use.pattern.empty() ? use.name : "`" + use.name + "`";
  if (use.filters.empty()) return text;
  return text + " (where " + listed(use.filters, [](const LabelFilter& filter) { return filter.label + " is " + values(filter.values); }) +
         ")";
}

std::string sites(const std::vector<SiteUse>& uses) {
  return listed(uses, named);
}
std::string of(const std::vector<SiteUse>& uses) {
  return uses.empty() ? "everything that is pruned" : sites(uses);
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

const char* decision(Policy policy) {
  switch (policy) {
    case Policy::kMean:
      return "a channel goes when the mean of the voters' scales is below the threshold";
    case Policy::kMax:
      return "a channel goes when the largest of the voters' scales is below the threshold";
    case Policy::kMin:
      return "a channel goes when the smallest of the voters' scales is below the threshold";
    case Policy::kSum:
      return "a channel goes when the sum of the voters' scales is below the threshold";
    case Policy::kL2:
      return "a channel goes when the Euclidean norm of the voters' scales is below the threshold";
    case Policy::kAny:
      return "a channel goes when any voter's scale is below the threshold";
    case Policy::kAll:
      return "a channel goes when all voters' scales are below the threshold";
    case Policy::kQuota:
      return "each of the n voters in turn gives up its floor(smallest count / n) weakest channels";
  }
  return "";
}

std::string followers(const std::vector<SiteUse>& carrying) {
  return carrying.empty() ? "" : "; " + sites(carrying) + " follow without a vote";
}

const char* noun(Resource resource) {
  switch (resource) {
    case Resource::kChannels:
      return "prunable channels";
    case Resource::kParams:
      return "parameters";
    case Resource::kMacs:
      return "multiply-accumulates";
    case Resource::kLatency:
      return "measured time";
  }
  return "";
}

struct Sentence {
  std::string operator()(const Prune& prune) { return "Channels of " + sites(prune.sites) + " may be removed."; }
  std::string operator()(const Skip& skip) { return "Channels of " + sites(skip.sites) + ", and of what is tied to them, all stay."; }
  std::string operator()(const SkipEnd& skip) {
    return "The " + std::string(to_string(skip.end)) + " " + std::to_string(skip.count) + " sites of " + of(skip.of) +
           ", in execution order, stay whole.";
  }
  std::string operator()(const Tie& tie) {
    std::string text = tie.across.empty()
                           ? "All members of "
                           : "For each " + listed(tie.across, [](const std::string& label) { return label; }) + ", the members of ";
    text += sites(tie.sites) + " keep the same channels; " + decision(tie.policy);
    if (tie.even_if_unrelated) text += "; they need not share a channel";
    return text + followers(tie.carrying) + ".";
  }
  std::string operator()(const TieFromGraph& tie) {
    return std::string("What the model's graph couples keeps the same channels; ") + decision(tie.policy) + ".";
  }
  std::string operator()(const ConcatPropagate& propagate) {
    return "A channel of a concatenation is one channel for all its readers among " + of(propagate.sites) + "; " +
           decision(propagate.policy) + followers(propagate.carrying) + ".";
  }
  std::string operator()(const ConcatSelect& select) {
    return "The makers of what " + sites(select.sites) + " read stay whole; each selects its own channels.";
  }
  std::string operator()(const Groups& groups) {
    const std::string where = groups.of.empty() ? "every grouped convolution" : "the grouped convolutions at " + sites(groups.of);
    return groups.rule == GroupRule::kKeep ? "The groups of " + where + " all lose the same number of channels."
                                           : "Whole groups of " + where + " go, inputs and outputs together.";
  }
  std::string operator()(const Shuffles& shuffles) {
    return shuffles.rule == ShuffleRule::kKeep ? "Channel shuffles stay as they are; channels that they exchange go together."
                                               : "Channel shuffles become index selections; their channels are free.";
  }
  std::string operator()(const Divisible& divisible) {
    const std::string how =
        divisible.rounding == Rounding::kNearest ? "to the nearest multiple" : std::string(to_string(divisible.rounding));
    return "The kept widths of " + of(divisible.of) + " are multiples of " + std::to_string(divisible.multiple) + ", rounded " + how + ".";
  }
  std::string operator()(const KeepAtLeast& keep) {
    const auto* count = std::get_if<std::size_t>(&keep.least);
    if (count && *count == 0) return "Paths that end in a concatenation may vanish with " + of(keep.of) + ".";
    return "Of " + of(keep.of) + " at least " +
           (count ? std::to_string(*count) + " channels" : number(100 * std::get<double>(keep.least)) + "% of the channels") + " stay.";
  }
  std::string operator()(const RemoveAtMost& remove) {
    return "Of " + of(remove.of) + " at most " + number(100 * remove.fraction) + "% of the channels go.";
  }
  std::string operator()(const Ratio& ratio) {
    return "The threshold is the scale below which " + number(100 * ratio.fraction) + "% of the pooled channels lie" +
           (ratio.exact ? "; of channels at the threshold itself the first in execution order go." : ".");
  }
  std::string operator()(const Threshold& threshold) { return "The threshold is " + number(threshold.value) + "."; }
  std::string operator()(const Budget& budget) {
    return "The pruned model has at most " + number(100 * budget.fraction) + "% of the original's " + noun(budget.resource) + ".";
  }
  std::string operator()(const Rank& rank) {
    switch (rank.scope) {
      case RankScope::kGlobal:
        return "All scores compete.";
      case RankScope::kPerLabel:
        return "Scores compete among sites of the same " + rank.label + ".";
      case RankScope::kPerSite:
        return "Scores compete inside each layer alone.";
    }
    return {};
  }
  std::string operator()(const Score& score) {
    std::string text = score.kind == ScoreKind::kGamma      ? "A channel's score is the magnitude of its scale"
                       : score.kind == ScoreKind::kWeightL1 ? "A channel's score is the L1 norm of its filter"
                                                            : "A channel's score is the L2 norm of its filter";
    switch (score.normalised_by) {
      case Normalisation::kNone:
        break;
      case Normalisation::kMax:
        text += ", divided by the layer's largest";
        break;
      case Normalisation::kMean:
        text += ", divided by the layer's mean";
        break;
      case Normalisation::kL2:
        text += ", divided by the layer's Euclidean norm";
        break;
    }
    return text + ".";
  }
};

}  // namespace

std::string describe(const ConstraintPlan& plan) {
  std::string text =
      "Strategy " + plan.strategy + " for " + plan.architecture + (plan.description.empty() ? "" : ": " + plan.description) + ".\n";
  for (const Statement& statement : plan.statements) {
    const Origin& origin = origin_of(statement);
    text += origin.file + ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column) + ": " +
            std::visit(Sentence{}, statement) + "\n";
  }
  return text;
}

}  // namespace prunec

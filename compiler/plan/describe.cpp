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
    return text + (tie.carrying.empty() ? "." : "; " + sites(tie.carrying) + " follow without a vote.");
  }
  std::string operator()(const Divisible& divisible) {
    const std::string how =
        divisible.rounding == Rounding::kNearest ? "to the nearest multiple" : std::string(to_string(divisible.rounding));
    return "The kept widths of " + of(divisible.of) + " are multiples of " + std::to_string(divisible.multiple) + ", rounded " + how + ".";
  }
  std::string operator()(const Ratio& ratio) {
    return "The threshold is the scale below which " + number(100 * ratio.fraction) + "% of the pooled channels lie.";
  }
  std::string operator()(const Threshold& threshold) { return "The threshold is " + number(threshold.value) + "."; }
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

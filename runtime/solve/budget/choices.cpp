// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/choices.h"

#include <algorithm>

namespace prunec {

namespace {

class Builder {
 public:
  Builder(const BoundPlan& bound, const ChannelGraph& graph) : bound_(bound), graph_(graph) {}

  void add(std::size_t s, const std::vector<double>& values) {
    const CoupledSet& set = bound_.sets[s];
    const auto units = static_cast<Units>(set.width / set.cell_count);
    Choice choice;
    choice.order = s;
    choice.values = values;
    const auto in_units = [&](std::size_t channels) { return static_cast<Units>((channels + set.cell_count - 1) / set.cell_count); };
    for (const WidthFloor& floor : set.floors) choice.floors.push_back({in_units(floor.least), stated(floor.keyword, floor.origin, s)});
    choice.step = static_cast<Units>(set.multiple / set.cell_count);
    if (set.multiple_because) choice.step_because = stated("divisible", *set.multiple_because, s);
    const bool skipped = std::any_of(set.floors.begin(), set.floors.end(), [&](const WidthFloor& f) { return f.least == set.width; });
    if (!set.kept_because.empty() && !skipped) choice.floors.push_back({units, whole(set.kept_because, s)});
    if (values.empty()) {
      if (set.kept_because.empty()) choice.floors.push_back({units, whole("nobody votes on its channels", s)});
      choice.values.assign(static_cast<std::size_t>(units), 0);
    }
    result_.choices.push_back(std::move(choice));
  }

  Choices take() { return std::move(result_); }

 private:
  const std::string& name_of(std::size_t set) const { return graph_.norms[bound_.sets[set].members.front().norm].path; }

  StatementId stated(const std::string& keyword, const Origin& origin, std::size_t set) {
    auto& obstacles = result_.obstacles;
    auto known = std::find_if(obstacles.begin(), obstacles.end(), [&](const Obstacle& obstacle) { return obstacle.origin == origin; });
    if (known == obstacles.end()) known = obstacles.insert(known, {keyword, origin, {}, ""});
    if (known->norms.empty() || known->norms.back() != name_of(set)) known->norms.push_back(name_of(set));
    return static_cast<StatementId>(known - obstacles.begin());
  }

  StatementId whole(const std::string& clause, std::size_t set) {
    result_.obstacles.push_back({"", std::nullopt, {name_of(set)}, clause});
    return result_.obstacles.size() - 1;
  }

  const BoundPlan& bound_;
  const ChannelGraph& graph_;
  Choices result_;
};

}  // namespace

Choices choices_of(const BoundPlan& bound, const ChannelGraph& graph, const std::vector<std::vector<double>>& unit_values) {
  Builder builder(bound, graph);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) builder.add(s, unit_values[s]);
  return builder.take();
}

}  // namespace prunec

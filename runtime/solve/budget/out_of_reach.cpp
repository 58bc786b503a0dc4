// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/out_of_reach.h"

#include <cmath>
#include <cstdio>

namespace prunec {

namespace {

constexpr std::size_t kMostNotes = 8;

/// Tenths of a percent, rounded up: a budget that small can be met.
std::string percent_up(Cost part, Cost whole) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f%%", std::ceil(1000 * static_cast<double>(part) / static_cast<double>(whole) - 1e-9) / 10);
  return text;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g%%", 100 * share);
  return text;
}

Note note_on(const Obstacle& obstacle) {
  const std::string first = "`" + obstacle.norms.front() + "`";
  if (!obstacle.origin) return {LayerPlace{obstacle.norms.front()}, first + " stays whole: " + obstacle.clause};
  const std::size_t others = obstacle.norms.size() - 1;
  return {*obstacle.origin, "`" + obstacle.keyword + "` holds " + first +
                                (others == 0 ? "" : " and " + std::to_string(others) + " other set" + (others == 1 ? "" : "s"))};
}

}  // namespace

std::string name_of(Resource resource) {
  switch (resource) {
    case Resource::kChannels:
      return "channels";
    case Resource::kParams:
      return "parameters";
    case Resource::kMacs:
      return "multiply-accumulates";
    case Resource::kLatency:
      return "measured time";
  }
  return "";
}

Diagnostic out_of_reach(const Budget& budget, const OutOfReach& beyond, Cost full_cost, const std::vector<Obstacle>& obstacles) {
  const std::string least = percent_up(beyond.least_cost, full_cost);
  Diagnostic diagnostic{Code::kP0606, "the budget allows " + percent(budget.fraction) + " of the " + name_of(budget.resource) +
                                          ", and the least that the plan allows is " + least};
  diagnostic.place = budget.origin;
  if (beyond.conflict.empty()) diagnostic.notes.push_back({{}, "so much is left when every set keeps the fewest channels that it can"});
  for (std::size_t i = 0; i < beyond.conflict.size() && i < kMostNotes; ++i) {
    diagnostic.notes.push_back(note_on(obstacles[beyond.conflict[i]]));
  }
  if (beyond.conflict.size() > kMostNotes)
    diagnostic.notes.push_back({{}, "and " + std::to_string(beyond.conflict.size() - kMostNotes) + " more are in the way"});
  const std::string resource(to_string(budget.resource));
  diagnostic.help = "ask for `budget " + resource + " " + least + "`" + (beyond.conflict.empty() ? "" : ", or relax one of these");
  return diagnostic;
}

}  // namespace prunec

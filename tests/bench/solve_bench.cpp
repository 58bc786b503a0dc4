// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// How long it takes to decide which channels go by a ratio or a threshold, from the scores on: a thousand to a million channels in ten to
// ten thousand coupled sets, with two voters each. Writes a table.

#include <ATen/ATen.h>
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "runtime/solve/solve.h"
#include "tests/bench/stopwatch.h"

namespace prunec {
namespace {

constexpr std::size_t kVoters = 2;

BoundPlan plan_of(std::size_t sets, std::size_t channels, Policy policy) {
  BoundPlan plan;
  plan.pools = {""};
  plan.class_count = channels;
  for (std::size_t s = 0; s < sets; ++s) {
    CoupledSet set;
    set.width = channels / sets;
    set.classes.resize(set.width);
    std::iota(set.classes.begin(), set.classes.end(), s * set.width);
    std::vector<std::size_t> positions(set.width);
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    for (std::size_t v = 0; v < kVoters; ++v) set.members.push_back({kVoters * s + v, positions, SiteRole::kVoter, 1});
    set.policy = policy;
    plan.sets.push_back(std::move(set));
  }
  return plan;
}

Scores scores_of(const BoundPlan& plan) {
  std::mt19937 random(1);
  std::vector<double> values;
  Scores scores;
  for (std::size_t s = 0; s < plan.sets.size(); ++s) {
    for (std::size_t v = 0; v < kVoters; ++v) {
      const std::size_t begin = values.size();
      for (std::size_t i = 0; i < plan.sets[s].width; ++i) values.push_back(static_cast<double>(random()) * 0x1p-32);
      scores.voters.push_back({s, begin, values.size(), v});
    }
  }
  scores.values = at::tensor(values, at::kDouble);
  return scores;
}

void row(std::size_t channels, std::size_t sets) {
  const std::vector<std::pair<Policy, std::variant<Ratio, Threshold>>> ways{
      {Policy::kMean, Ratio{0.5, false, {}}}, {Policy::kMean, Threshold{0.5, {}}}, {Policy::kQuota, Ratio{0.5, false, {}}}};
  std::vector<double> times;
  for (const auto& [policy, amount] : ways) {
    const BoundPlan plan = plan_of(sets, channels, policy);
    const Scores scores = scores_of(plan);
    times.push_back(bench::quickest([&, &by = amount] { (void)solve(plan, scores, by); }));
  }
  std::printf("| %zu | %zu |", channels, sets);
  for (const double time : times) std::printf(" %.2f | %.0f |", 1e3 * time, 1e9 * time / static_cast<double>(channels));
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace
}  // namespace prunec

int main() {
  std::printf(
      "| channels | sets | ratio, mean, ms | ns a channel | threshold, mean, ms | ns a channel | ratio, quota, ms | ns a channel |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (std::size_t channels = 1000; channels <= 1'000'000; channels *= 10) {
    for (std::size_t sets = 10; sets <= 10'000 && 10 * sets <= channels; sets *= 10) prunec::row(channels, sets);
  }
}

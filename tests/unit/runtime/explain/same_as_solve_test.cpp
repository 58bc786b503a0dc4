// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// The explanation reckons the votes again, in plain numbers. What it says the votes come to must be what the solver made of them.

#include <ATen/ATen.h>
#include <algorithm>
#include <gtest/gtest.h>

#include "runtime/explain/decide.h"
#include "runtime/solve/solve.h"

namespace prunec {
namespace {

/// One set of random votes, many of them equal, in the form of either side.
struct Draw {
  CoupledSet set;
  Scores scores;
  std::vector<Voter> voters;

  Draw(Policy policy, std::int64_t count, std::int64_t width) {
    set.width = static_cast<std::size_t>(width);
    set.policy = policy;
    const at::Tensor votes = at::randint(1, 30, {count, width}).to(at::kDouble) / 10;
    scores.values = votes.flatten();
    for (std::int64_t v = 0; v < count; ++v) {
      const auto begin = static_cast<std::size_t>(v * width);
      scores.voters.push_back({0, begin, begin + set.width});
      voters.push_back({"", {}, {}});
      for (std::int64_t i = 0; i < width; ++i) voters.back().scores.push_back(votes[v][i].item<double>());
    }
  }

  std::vector<bool> wished(double threshold) const {
    std::vector<bool> channels(set.width, false);
    if (set.policy == Policy::kQuota) {
      for (const auto& named : named_under_quota(voters, threshold)) {
        for (const std::size_t channel : named) channels[channel] = true;
      }
    } else {
      const auto worth = scores_under(set.policy, voters);
      for (std::size_t i = 0; i < channels.size(); ++i) channels[i] = worth[i] < threshold;
    }
    return channels;
  }
};

TEST(SameAsSolve, UnderEveryPolicy) {
  at::manual_seed(3);
  int compared = 0;
  for (const Policy policy :
       {Policy::kMean, Policy::kMax, Policy::kMin, Policy::kSum, Policy::kL2, Policy::kAny, Policy::kAll, Policy::kQuota}) {
    for (const std::int64_t voters : {1, 2, 3}) {
      for (const double threshold : {0.5, 1.0, 1.5, 2.5}) {
        const Draw draw(policy, voters, 23);
        const std::vector<bool> wished = draw.wished(threshold);
        const auto gone = std::count(wished.begin(), wished.end(), true);
        if (gone == 0 || gone == 23) continue;  // proves little, or one is rescued
        BoundPlan bound;
        bound.sets = {draw.set};
        const Solution solution = solve(bound, draw.scores, Threshold{threshold, {}});
        EXPECT_EQ(solution.removed[0], wished) << to_string(policy) << " of " << voters << " at " << threshold;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 50);
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/solve.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <numeric>

#include "runtime/solve/kept_width.h"

namespace prunec {
namespace {

using Votes = std::vector<std::vector<double>>;

/// A bound plan of sets with these voters, and their scores.
struct Instance {
  BoundPlan bound;
  Scores scores;

  Instance() { bound.pools = {""}; }

  CoupledSet& set(const Votes& votes, Policy policy = Policy::kMean) {
    CoupledSet made;
    made.width = votes.front().size();
    made.policy = policy;
    const std::size_t s = bound.sets.size();
    std::vector<at::Tensor> parts;
    if (scores.values.defined()) parts.push_back(scores.values);
    for (const auto& vote : votes) {
      const std::size_t begin = scores.voters.empty() ? 0 : scores.voters.back().end;
      scores.voters.push_back({s, begin, begin + vote.size(), scores.voters.size()});
      parts.push_back(at::tensor(vote, at::kDouble));
    }
    scores.values = at::cat(parts);
    bound.sets.push_back(std::move(made));
    return bound.sets.back();
  }

  std::vector<std::vector<std::size_t>> kept(const std::variant<Ratio, Threshold>& amount) const {
    const Solution solution = solve(bound, scores, amount);
    std::vector<std::vector<std::size_t>> result;
    for (const SetSolution& set : solution.sets) {
      result.emplace_back();
      for (std::size_t i = 0; i < set.removed.size(); ++i) {
        if (!set.removed[i]) result.back().push_back(i);
      }
    }
    return result;
  }
};

using Kept = std::vector<std::vector<std::size_t>>;
const Threshold kOne{1.0, {}};

TEST(Solve, TheThresholdIsTheClassicalOneAndTheComparisonStrict) {
  Instance instance;
  instance.set({{0.5, 0.1, 0.4, 0.2}});
  instance.set({{0.3, 0.9}});
  const Solution solution = solve(instance.bound, instance.scores, Ratio{0.5, false, {}});
  EXPECT_EQ(solution.pools[0].threshold, 0.4);  // sorted[floor(6 * 0.5)] of .1 .2 .3 .4 .5 .9
  EXPECT_EQ(solution.sets[0].removed, (std::vector<bool>{false, true, false, true}));
  EXPECT_EQ(solution.sets[1].removed, (std::vector<bool>{true, false}));
  EXPECT_EQ(solution.sets[0].scores, (std::vector<double>{0.5, 0.1, 0.4, 0.2}));
  EXPECT_EQ(solution.pool_size, 6U);
  EXPECT_EQ(solution.pool_removed, 3U);
}

TEST(Solve, ARatioOfNothingRemovesNothing) {
  Instance instance;
  instance.set({{0.5, 0.1}});
  EXPECT_EQ(instance.kept(Ratio{0, false, {}}), (Kept{{0, 1}}));
}

TEST(Solve, EqualScoresAreNotBelowTheirThreshold) {
  Instance instance;
  instance.set({{0, 0, 0, 1}});
  EXPECT_EQ(instance.kept(Ratio{0.5, false, {}}), (Kept{{0, 1, 2, 3}}));
}

TEST(Solve, PoliciesTurnVotesIntoOneScore) {
  const Votes votes{{0.8, 1.5, 0.2, 1.2}, {0.9, 0.4, 0.6, 3.0}};
  const auto kept = [&](Policy policy) {
    Instance instance;
    instance.set(votes, policy);
    return instance.kept(kOne).front();
  };
  using List = std::vector<std::size_t>;
  EXPECT_EQ(kept(Policy::kMean), (List{3}));       // .85 .95 .4 2.1
  EXPECT_EQ(kept(Policy::kMax), (List{1, 3}));     // .9 1.5 .6 3
  EXPECT_EQ(kept(Policy::kMin), (List{3}));        // .8 .4 .2 1.2
  EXPECT_EQ(kept(Policy::kSum), (List{0, 1, 3}));  // 1.7 1.9 .8 4.2
  EXPECT_EQ(kept(Policy::kL2), (List{0, 1, 3}));   // 1.2 1.55 .63 3.2
  EXPECT_EQ(kept(Policy::kAny), (List{3}));
  EXPECT_EQ(kept(Policy::kAll), (List{1, 3}));
}

TEST(Solve, SetsOfDifferentPoliciesDoNotMix) {
  Instance instance;
  const Votes votes{{0.8, 1.5}, {1.9, 0.4}};
  instance.set(votes, Policy::kMin);  // both below: the strongest stays
  instance.set(votes, Policy::kMax);
  instance.set(votes, Policy::kMean);
  EXPECT_EQ(instance.kept(kOne), (Kept{{0}, {0, 1}, {0}}));
}

TEST(Quota, EachVoterRemovesItsWeakestAmongThoseStillThere) {
  // Below 1: four of the first voter's, three of the second's, so q = floor(3 / 2) = 1.
  Instance instance;
  instance.set({{0.1, 0.2, 0.3, 0.4, 5.0, 6.0}, {0.2, 0.5, 7.0, 8.0, 0.6, 9.0}}, Policy::kQuota);
  const Solution solution = solve(instance.bound, instance.scores, kOne);
  // The first voter takes channel 0, which the second would have taken too; the second takes its next, channel 1.
  constexpr std::size_t kNone = SetSolution::kNotNamed;
  EXPECT_EQ(solution.sets[0].named_by, (std::vector<std::size_t>{0, 1, kNone, kNone, kNone, kNone}));
  EXPECT_EQ(solution.sets[0].removed, (std::vector<bool>{true, true, false, false, false, false}));
}

std::vector<double> row_of(const at::Tensor& values) {
  return {values.const_data_ptr<double>(), values.const_data_ptr<double>() + values.numel()};
}

TEST(Quota, ATieLosesItsVotersTimesTheQuota) {
  at::manual_seed(3);
  for (int round = 0; round < 50; ++round) {
    const std::size_t n = 2 + static_cast<std::size_t>(round) % 4;
    Instance instance;
    Votes votes;
    std::int64_t least = 40;
    for (std::size_t voter = 0; voter < n; ++voter) {
      const at::Tensor vote = at::rand({40}, at::kDouble);
      least = std::min(least, (vote < 0.5).sum().item<std::int64_t>());
      votes.push_back(row_of(vote));
    }
    instance.set({row_of(at::rand({17}, at::kDouble))});
    instance.set(votes, Policy::kQuota);
    const auto kept = instance.kept(Threshold{0.5, {}})[1];
    EXPECT_EQ(40 - kept.size(), n * (static_cast<std::size_t>(least) / n));
  }
}

TEST(Quota, RoundingFollowsTheTurnsOfTheVoters) {
  // Both name two: channels 0 and 1, then 2 and 3. The means would order them otherwise.
  const Votes votes{{0.1, 0.2, 0.85, 0.9, 5.0, 6.0}, {0.9, 0.95, 0.15, 0.2, 7.0, 8.0}};
  const auto kept = [&](std::size_t multiple, Rounding rounding) {
    Instance instance;
    CoupledSet& set = instance.set(votes, Policy::kQuota);
    set.multiple = multiple;
    set.rounding = rounding;
    return instance.kept(kOne).front();
  };
  using List = std::vector<std::size_t>;
  EXPECT_EQ(kept(1, Rounding::kUp), (List{4, 5}));
  EXPECT_EQ(kept(4, Rounding::kUp), (List{1, 3, 4, 5}));  // the first turns alone: channel 0 and channel 2
  EXPECT_EQ(kept(5, Rounding::kUp), (List{1, 2, 3, 4, 5}));
}

TEST(Solve, WidthsAreRoundedByGivingBackTheStrongest) {
  Instance instance;
  instance.set({{0.1, 0.9, 0.2, 2.0, 3.0, 0.3, 0.4, 4.0}}).multiple = 4;
  EXPECT_EQ(instance.kept(kOne), (Kept{{1, 3, 4, 7}}));
}

TEST(Solve, WidthsAreRoundedByTakingTheWeakest) {
  Instance instance;
  CoupledSet& set = instance.set({{0.1, 5.0, 1.5, 2.0, 3.0, 4.0}});
  set.multiple = 4;
  set.rounding = Rounding::kDown;
  EXPECT_EQ(instance.kept(kOne), (Kept{{1, 3, 4, 5}}));
}

TEST(Solve, AtLeastOneChannelStays) {
  Instance instance;
  instance.set({{0.1, 0.3, 0.2}});
  const Solution solution = solve(instance.bound, instance.scores, kOne);
  EXPECT_EQ(solution.sets[0].removed, (std::vector<bool>{true, false, true}));
  EXPECT_TRUE(solution.sets[0].rescued);
}

TEST(Solve, ASetThatStaysWholeLosesNothing) {
  Instance instance;
  instance.set({{0.1, 0.3}});
  instance.bound.sets.push_back({});
  instance.bound.sets.back().width = 2;
  instance.bound.sets.back().kept_because = "it is skipped";
  EXPECT_EQ(instance.kept(kOne), (Kept{{1}, {0, 1}}));
}

TEST(Solve, ASetOnWhichNobodyVotesStaysWhole) {
  Instance instance;
  instance.set({{0.1, 0.3}});
  instance.bound.sets.push_back({});
  instance.bound.sets.back().width = 6;
  instance.bound.sets.back().multiple = 4;
  instance.bound.sets.back().rounding = Rounding::kDown;
  EXPECT_EQ(instance.kept(kOne), (Kept{{1}, {0, 1, 2, 3, 4, 5}}));
}

TEST(Solve, EqualScoresGoInOrderWhenTheRatioIsExact) {
  Instance instance;
  instance.set({{1, 1, 1, 0.5}});
  instance.set({{1, 1, 2, 1}});
  // Four of eight: 0.5, then the first three of the ones. The set that would vanish keeps its strongest.
  EXPECT_EQ(instance.kept(Ratio{0.5, true, {}}), (Kept{{2}, {0, 1, 2, 3}}));
  EXPECT_EQ(instance.kept(Ratio{0.3, true, {}}), (Kept{{1, 2}, {0, 1, 2, 3}}));
  EXPECT_EQ(instance.kept(Ratio{0.3, false, {}}), (Kept{{0, 1, 2}, {0, 1, 2, 3}}));
  EXPECT_EQ(instance.kept(Ratio{0.0, true, {}}), (Kept{{0, 1, 2, 3}, {0, 1, 2, 3}}));
}

TEST(Solve, AnExactRatioOfEqualScoresRemovesSoMany) {
  for (int removed = 0; removed < 20; ++removed) {
    Instance instance;
    instance.set({std::vector<double>(20, 1.0)});
    const auto kept = instance.kept(Ratio{(removed + 0.5) / 20.0, true, {}}).front();
    EXPECT_EQ(kept.size(), 20U - static_cast<std::size_t>(removed));
  }
}

TEST(Solve, PoolsDrawTheirOwnLines) {
  Instance instance;
  instance.bound.pools = {"stage 1", "stage 2"};
  instance.set({{0.1, 0.2, 0.3, 0.4}});
  instance.set({{10, 20, 30, 40}}).pool = 1;
  instance.set({{0.25, 0.05, 0.6, 0.7}});
  const Solution solution = solve(instance.bound, instance.scores, Ratio{0.5, false, {}});
  EXPECT_EQ(solution.pools[0].threshold, 0.3);  // of eight, the fifth
  EXPECT_EQ(solution.pools[1].threshold, 30);
  EXPECT_EQ(instance.kept(Ratio{0.5, false, {}}), (Kept{{2, 3}, {2, 3}, {2, 3}}));
}

TEST(Solve, EveryCellLosesAsManyAsTheOthers) {
  Instance instance;
  CoupledSet& set = instance.set({{0.1, 0.2, 0.3, 0.9, 2.0, 0.8, 3.0, 4.0}});
  set.cells = {0, 0, 0, 0, 1, 1, 1, 1};
  set.cell_count = set.multiple = 2;
  // Five are below; the width is rounded up to 4, and each half loses its two weakest.
  EXPECT_EQ(instance.kept(kOne), (Kept{{2, 3, 6, 7}}));
}

TEST(Solve, BoundsGiveBackTheStrongest) {
  Instance instance;
  CoupledSet& set = instance.set({{0.1, 0.4, 0.2, 0.3, 5.0, 6.0}});
  set.least = 3;
  EXPECT_EQ(instance.kept(kOne), (Kept{{1, 4, 5}}));
  set.multiple = 2;
  EXPECT_EQ(instance.kept(kOne), (Kept{{1, 3, 4, 5}}));
}

std::size_t width_after(std::size_t width, std::size_t wanted, std::size_t multiple, Rounding rounding, std::size_t least = 1) {
  CoupledSet set;
  set.width = width;
  set.multiple = multiple;
  set.rounding = rounding;
  set.least = least;
  return kept_width(set, wanted);
}

TEST(Solve, RoundedWidthsByTheClassicalRule) {
  for (std::size_t width : {32U, 64U, 128U, 256U}) {
    for (std::size_t removed = 0; removed <= width; ++removed) {
      // practice: if (C - num) % 32 != 0 then num = C - floor((C - num) / 32) * 32 - 32
      std::size_t num = removed;
      if ((width - num) % 32 != 0) num = width - (width - num) / 32 * 32 - 32;
      const std::size_t expected = width - num == 0 ? 32 : width - num;
      EXPECT_EQ(width_after(width, width - removed, 32, Rounding::kUp), expected) << width << " - " << removed;
    }
  }
}

TEST(Solve, RoundedWidthsDownAndNearest) {
  EXPECT_EQ(width_after(64, 37, 8, Rounding::kDown), 32U);
  EXPECT_EQ(width_after(64, 35, 8, Rounding::kNearest), 32U);
  EXPECT_EQ(width_after(64, 36, 8, Rounding::kNearest), 40U);
  EXPECT_EQ(width_after(64, 5, 8, Rounding::kDown), 8U);
  EXPECT_EQ(width_after(6, 3, 8, Rounding::kUp), 6U);
  EXPECT_EQ(width_after(1, 0, 1, Rounding::kUp), 1U);
  EXPECT_EQ(width_after(64, 9, 8, Rounding::kDown, 17), 24U);
  EXPECT_EQ(width_after(64, 9, 1, Rounding::kUp, 64), 64U);
}

}  // namespace
}  // namespace prunec

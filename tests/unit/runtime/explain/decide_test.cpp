// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/decide.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "runtime/bind/bind.h"
#include "tests/support/rules.h"

namespace prunec {
namespace {

using Indices = std::vector<std::size_t>;

/// Two convolutions whose normed outputs are added, and a third with a norm of its own; a head makes the output.
ChannelGraph graph() {
  ChannelGraph g;
  g.channel_count = 9;
  g.axes = {{"a.weight", 0, {0, 1}},       {"bn_a.weight", 0, {0, 1}},  {"b.weight", 0, {2, 3}},
            {"bn_b.weight", 0, {2, 3}},    {"c.weight", 1, {0, 1}},     {"c.weight", 0, {4, 5, 6}},
            {"bn_c.weight", 0, {4, 5, 6}}, {"fc.weight", 1, {4, 5, 6}}, {"fc.weight", 0, {7, 8}}};
  g.norms = {{"bn_a", "batch_norm", "bn_a.weight", "", {0, 1}},
             {"bn_b", "batch_norm", "bn_b.weight", "", {2, 3}},
             {"bn_c", "batch_norm", "bn_c.weight", "", {4, 5, 6}}};
  g.couplings = {{"added by `aten::add`", "", {{0, 2}, {1, 3}}}};
  g.pins = {{"reaches the model's output", "", {7, 8}}};
  return g;
}

Decisions decided(const std::string& rules, const std::vector<VoterScores>& scores, const Solution& solution) {
  const ConstraintPlan plan = test::plan_of(rules);
  const auto bound = bind_plan(plan, graph(), {});
  if (!bound) throw std::runtime_error("the test's rules do not fit its graph");
  return decide(plan, graph(), {}, *bound, scores, solution);
}

constexpr const char* kTied =
    "site a = bn_a\nsite b = bn_b\nsite c = bn_c\nstrategy s { prune a, c\n tie a by max carrying b\n divisible 2 of c }\n";

SetSolution set(std::vector<double> scores, std::vector<bool> wished, std::vector<bool> removed) {
  SetSolution solution;
  solution.threshold = 0.5;
  solution.scores = std::move(scores);
  solution.wished = std::move(wished);
  solution.removed = std::move(removed);
  return solution;
}

Solution of(std::vector<SetSolution> sets) {
  Solution solution;
  solution.sets = std::move(sets);
  return solution;
}

/// `kTied` with one channel of the tie removed by its vote, and one of `bn_c` given back to make an even width.
Decisions tied_and_rounded() {
  return decided(kTied, {{0, 0, {0.1, 0.9}}, {1, 0, {0.3, 0.2, 0.9}}},
                 of({set({0.1, 0.9}, {true, false}, {true, false}), set({0.3, 0.2, 0.9}, {true, true, false}, {false, true, false})}));
}

TEST(Decide, ReadsTheReasonsOff) {
  const Decisions all = tied_and_rounded();
  ASSERT_EQ(all.sets.size(), 2U);
  const SetDecision& tied = all.sets[0];
  EXPECT_EQ(tied.policy, "max");
  EXPECT_EQ(tied.scores, (std::vector<double>{0.1, 0.9}));
  EXPECT_EQ(tied.wished, (Indices{0}));
  EXPECT_EQ(tied.removed, (Indices{0}));
  EXPECT_EQ(tied.voters, (std::vector<Voter>{{"bn_a", {0.1, 0.9}, {}}}));
  EXPECT_EQ(tied.carried, (std::vector<std::string>{"bn_b"}));
  std::vector<std::string> keywords;
  for (const StatementPlace& place : tied.statements) keywords.push_back(place.keyword + " " + std::to_string(place.origin.line));
  EXPECT_EQ(keywords, (std::vector<std::string>{"prune 6", "tie 7"}));
  const Indices both{0, 1};
  EXPECT_EQ(tied.layers,
            (std::vector<LayerPart>{{"a", 2, both, both}, {"bn_a", 2, both, both}, {"b", 2, both, both}, {"bn_b", 2, both, both}}));
}

TEST(Decide, TellsRoundingFromVotes) {
  const SetDecision rounded = tied_and_rounded().sets[1];
  EXPECT_EQ(rounded.multiple, 2U);
  EXPECT_EQ(rounded.wished, (Indices{0, 1}));
  EXPECT_EQ(rounded.removed, (Indices{1}));
  EXPECT_EQ(rounded.statements.back().keyword, "divisible");
}

TEST(Decide, WhatNothingTouchesSaysWhatElseHoldsIt) {
  const Decisions all = decided("site c = bn_c\nstrategy s { prune c }\n", {{0, 0, {0.3, 0.2, 0.9}}},
                                of({set({0.3, 0.2, 0.9}, {false, false, false}, {false, false, false})}));
  std::vector<std::string> paths;
  for (const UntouchedLayer& layer : all.untouched) paths.push_back(layer.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"a", "bn_a", "b", "bn_b", "fc"}));
  EXPECT_EQ(all.untouched.back(), (UntouchedLayer{"fc", 2, "reaches the model's output"}));
  EXPECT_EQ(all.untouched.front(), (UntouchedLayer{"a", 2, ""}));
}

TEST(Decide, ASetThatIsKeptHasNoVoters) {
  const Decisions all =
      decided("site c = bn_c\nstrategy s { prune c\n skip first 1 }\n", {}, of({set({}, {false, false, false}, {false, false, false})}));
  EXPECT_EQ(all.sets[0].kept_because, "`skip` at test.prune:5 keeps `bn_c` whole");
  EXPECT_TRUE(all.sets[0].voters.empty() && all.sets[0].scores.empty() && all.sets[0].wished.empty());
  EXPECT_EQ(all.sets[0].carried, (std::vector<std::string>{"bn_c"}));
}

TEST(Decide, EachVoteHoldsWhatItNamed) {
  SetSolution tied = set({0.2, 0.8}, {true, true}, {true, false});
  tied.named_by = {1, 0};
  const Decisions all = decided("site a = bn_a\nsite b = bn_b\nstrategy s { prune a, b\n tie a, b by quota }\n",
                                {{0, 0, {0.1, 0.9}}, {0, 1, {0.3, 0.7}}}, of({tied}));
  EXPECT_EQ(all.sets[0].voters, (std::vector<Voter>{{"bn_a", {0.1, 0.9}, {1}}, {"bn_b", {0.3, 0.7}, {0}}}));
}

}  // namespace
}  // namespace prunec

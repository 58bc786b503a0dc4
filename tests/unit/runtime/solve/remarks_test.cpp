// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/remarks.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

/// Two sets of three channels each, in a pool of their own.
struct Remarks : testing::Test {
  Remarks() {
    graph.norms.resize(2);
    graph.norms[1].path = "layer2.bn";
    bound.sets.resize(2);
    for (std::size_t s = 0; s < 2; ++s) {
      bound.sets[s].width = 3;
      bound.sets[s].members.resize(1);
      bound.sets[s].members.front().norm = s;
    }
    solution.sets.resize(2);
    for (SetSolution& set : solution.sets) set.removed = {true, false, false};
    solution.pools = {{0.3, 6, 2, 2, 1}};
    solution.pool_size = 6;
    solution.pool_removed = 2;
  }

  std::vector<Code> codes() const {
    std::vector<Code> found;
    for (const Diagnostic& diagnostic : remarks_on(solution, bound, graph)) found.push_back(diagnostic.code);
    return found;
  }

  ChannelGraph graph;
  BoundPlan bound;
  Solution solution;
};

TEST_F(Remarks, WhatWasAskedForNeedsNone) {
  EXPECT_TRUE(codes().empty());
}

TEST_F(Remarks, ALayerThatNearlyVanished) {
  solution.sets[1].rescued = true;
  const Diagnostics remarks = remarks_on(solution, bound, graph);
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_EQ(remarks.front().code, Code::kP0604);
  EXPECT_EQ(std::get<LayerPlace>(remarks.front().place).path, "layer2.bn");
}

TEST_F(Remarks, EqualScoresThatSpareMore) {
  solution.pools.front().wanted = 3;
  EXPECT_EQ(codes(), std::vector<Code>{Code::kP0605});
}

TEST_F(Remarks, NothingThatGoes) {
  solution.pool_removed = 0;
  solution.pools.front().below = 0;
  EXPECT_EQ(codes(), std::vector<Code>{Code::kP0602});
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/slice/plan_edits.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

/// Ids 0 and 1 come from a convolution, 2 and 3 from the depthwise convolution behind it.
ChannelGraph depthwise_graph() {
  ChannelGraph graph;
  graph.channel_count = 4;
  graph.axes = {{"conv.weight", 0, {0, 1}}, {"dw.weight", 0, {2, 3}}, {"fc.weight", 1, {2, 2, 3, 3, kNoChannel}}};
  graph.norms = {{"bn", "batch_norm", "bn.weight", "bn.bias", {0, 1}}, {"plain", "batch_norm", "plain.weight", "", {2, 3}}};
  graph.depthwise = {{"dw", {0, 1}}};
  return graph;
}

TEST(PlanEdits, CutsEveryAxisOnWhichAChannelLies) {
  const Edits edits = *plan_edits(depthwise_graph(), {true, false, true, false});
  EXPECT_EQ(edits.tensors, (std::vector<TensorEdit>{{"conv.weight", 0, {1}}, {"dw.weight", 0, {1}}, {"fc.weight", 1, {2, 3, 4}}}));
  EXPECT_EQ(edits.attributes, (std::vector<AttributeEdit>{{"dw", "groups", 2, 1}}));
}

TEST(PlanEdits, NothingRemovedIsNothingToDo) {
  EXPECT_EQ(*plan_edits(depthwise_graph(), {false, false, false, false}), Edits{});
}

TEST(PlanEdits, MasksScaleAndShiftAtEveryNorm) {
  EXPECT_EQ(plan_masks(depthwise_graph(), {true, false, true, false}),
            (std::vector<Mask>{{"bn.weight", {0}}, {"bn.bias", {0}}, {"plain.weight", {0}}}));
}

TEST(PlanEdits, AClassGoesWithAllItsIds) {
  BoundPlan bound;
  bound.class_of = {0, 1, 0, 1};
  bound.class_count = 2;
  bound.sets.resize(1);
  bound.sets[0].width = 2;
  bound.sets[0].classes = {1, 0};
  Solution solution;
  solution.sets.resize(1);
  solution.sets[0].removed = {true, false};
  EXPECT_EQ(removed_channels(bound, solution), (std::vector<bool>{false, true, false, true}));
}

}  // namespace
}  // namespace prunec

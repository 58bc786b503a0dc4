// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/network_cost.h"

#include <gtest/gtest.h>

#include "runtime/solve/budget/choices.h"
#include "runtime/solve/budget/out_of_reach.h"

namespace prunec {
namespace {

/// Set 0: channels 0 to 3, of which each is one class. Set 1: channels 4 to 9, in two cells of three. Channels 10 and 11 belong to none.
struct Network {
  ChannelGraph graph;
  BoundPlan bound;
  ParameterShapes shapes;

  Network() {
    graph.channel_count = 12;
    graph.norms = {{"a", "batch_norm", "a.weight", "a.bias", {0, 1, 2, 3}}, {"b", "batch_norm", "b.weight", "", {4, 5, 6, 7, 8, 9}}};
    bound.class_count = 12;
    for (std::size_t id = 0; id < 12; ++id) bound.class_of.push_back(id);
    CoupledSet first, second;
    first.width = 4;
    first.classes = {0, 1, 2, 3};
    first.members = {{0, {0, 1, 2, 3}, SiteRole::kVoter, 1}};
    second.width = 6;
    second.classes = {4, 5, 6, 7, 8, 9};
    second.members = {{1, {0, 1, 2, 3, 4, 5}, SiteRole::kVoter, 1}};
    second.cells = {0, 0, 0, 1, 1, 1};
    second.cell_count = 2;
    bound.sets = {first, second};
    bound.pools = {""};
  }

  void axis(const std::string& tensor, std::int64_t axis, std::vector<ChannelId> ids) {
    graph.axes.push_back({tensor, axis, std::move(ids)});
  }
  NetworkCost cost() const { return {graph, bound, shapes}; }
};

TEST(NetworkCost, ADenseLayerIsAProductOfItsAxes) {
  Network net;
  net.shapes["conv.weight"] = {4, 7, 3, 3};
  net.axis("conv.weight", 0, {0, 1, 2, 3});
  net.axis("conv.weight", 1, {4, 5, 6, 7, 8, 9, 10});
  const CostModel macs = net.cost().macs({{"conv.weight", 100}});
  EXPECT_EQ(cost_of(macs, {4, 3}), 4 * 7 * 9 * 100);
  EXPECT_EQ(cost_of(macs, {3, 1}), 3 * 3 * 9 * 100);  // one unit of set 1 is a channel of each cell
  EXPECT_EQ(cost_of(net.cost().parameters({"conv.weight"}), {1, 3}), 1 * 7 * 9);
  EXPECT_EQ(cost_of(net.cost().channels(), {3, 2}), 3 + 4);
}

TEST(NetworkCost, ADepthwiseLayerIsLinear) {
  Network net;
  net.shapes["depthwise.weight"] = {4, 1, 3, 3};
  net.axis("depthwise.weight", 0, {0, 1, 2, 3});
  EXPECT_EQ(cost_of(net.cost().macs({{"depthwise.weight", 10}}), {3, 3}), 3 * 9 * 10);
}

TEST(NetworkCost, GroupsThatStayLoseInputsEach) {
  Network net;
  net.shapes["grouped.weight"] = {4, 3, 1, 1};
  net.axis("grouped.weight", 0, {0, 1, 2, 3});
  net.graph.grouped = {{"grouped", "grouped.weight", 2, {4, 5, 6, 7, 8, 9}, {0, 1, 2, 3}, false}};
  EXPECT_EQ(cost_of(net.cost().macs({{"grouped.weight", 1}}), {4, 3}), 4 * 3);
  EXPECT_EQ(cost_of(net.cost().macs({{"grouped.weight", 1}}), {4, 2}), 4 * 2);
}

TEST(NetworkCost, GroupsThatGoLeaveTheOthersWhole) {
  Network net;
  net.shapes["grouped.weight"] = {4, 2, 1, 1};
  net.axis("grouped.weight", 0, {0, 0, 1, 1});  // a class is a whole group, inputs and outputs
  net.graph.grouped = {{"grouped", "grouped.weight", 2, {0, 0, 1, 1}, {0, 0, 1, 1}, false}};
  net.bound.sets[0].width = 2;
  net.bound.sets[0].classes = {0, 1};
  EXPECT_EQ(cost_of(net.cost().macs({{"grouped.weight", 1}}), {2, 3}), 4 * 2);
  EXPECT_EQ(cost_of(net.cost().macs({{"grouped.weight", 1}}), {1, 3}), 2 * 2);
}

TEST(NetworkCost, AnAxisThatHoldsSetsUnevenlyIsNeverUndercounted) {
  Network net;
  net.shapes["half.weight"] = {10, 3};
  net.axis("half.weight", 1, {0, 0, 1});
  EXPECT_EQ(cost_of(net.cost().macs({{"half.weight", 1}}), {4, 3}), 30);
  EXPECT_EQ(cost_of(net.cost().macs({{"half.weight", 1}}), {1, 3}), 30);
}

TEST(NetworkCost, AConcatenationIsASum) {
  Network net;
  net.shapes["fc.weight"] = {5, 12};
  net.axis("fc.weight", 1, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, kNoChannel});
  EXPECT_EQ(cost_of(net.cost().macs({{"fc.weight", 1}}), {2, 1}), 5 * (2 + 2 + 2));
}

TEST(NetworkCost, ATableOfAnotherModelIsRefused) {
  Network net;
  net.shapes["fc.weight"] = {5, 12};
  net.axis("fc.weight", 1, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, kNoChannel});
  LatencyTable latency{"m.pt", "", "cpu", {1}, {{"fc.weight", {{6, 12}, {5}, {10, 20}}}}};
  const auto cost = net.cost().latency(latency, "t.json");
  ASSERT_TRUE(cost);
  EXPECT_EQ(cost_of(*cost, {4, 1}), 13);
  latency.layers[0].table.outputs = {4};
  EXPECT_FALSE(net.cost().latency(latency, "t.json"));
  latency.layers[0].weight = "gone.weight";
  EXPECT_FALSE(net.cost().latency(latency, "t.json"));
}

TEST(Choices, StatementsAndPinsAreNamed) {
  Network net;
  const Origin keep{"a.prune", 3, 5, 5}, divisible{"a.prune", 4, 5, 5};
  net.bound.sets[0].floors = {{"keep at least", 3, keep}};
  net.bound.sets[0].multiple = 2;
  net.bound.sets[0].multiple_because = divisible;
  net.bound.sets[1].kept_because = "a channel reaches the model's output";
  net.bound.sets[1].multiple = 2;
  const Choices choices = choices_of(net.bound, net.graph, {{1, 2, 3, 4}, {}});
  EXPECT_EQ(choices.choices[0].floors, (std::vector<Floor>{{3, 0}}));
  EXPECT_EQ(choices.choices[0].step, 2);
  EXPECT_EQ(choices.choices[0].step_because, StatementId{1});
  EXPECT_EQ(choices.choices[1].floors, (std::vector<Floor>{{3, 2}}));
  EXPECT_EQ(choices.choices[1].step, 1);

  const Diagnostic told = out_of_reach({Resource::kMacs, 0.2, {"a.prune", 9, 3, 6}}, {551, {0, 2}}, 1000, choices.obstacles);
  EXPECT_EQ(told.code, Code::kP0606);
  EXPECT_EQ(told.message, "the budget allows 20% of the multiply-accumulates, and the least that the plan allows is 55.1%");
  ASSERT_EQ(told.notes.size(), 2U);
  EXPECT_EQ(std::get<Origin>(told.notes[0].place), keep);
  EXPECT_EQ(told.notes[0].text, "`keep at least` holds `a`");
  EXPECT_EQ(told.notes[1].text, "`b` stays whole: a channel reaches the model's output");
  EXPECT_EQ(told.help, "ask for `budget macs 55.1%`, or relax one of these");
}

}  // namespace
}  // namespace prunec

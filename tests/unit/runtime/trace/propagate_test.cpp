// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/propagate.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "runtime/trace/selections.h"
#include "tests/support/script_model.h"

namespace prunec {
namespace {

using test::ScriptModel;

ChannelGraph graph_of(const ScriptModel& model, const std::vector<std::int64_t>& shape = {1, 3, 8, 8}) {
  const auto trace = model.read().trace(shape);
  EXPECT_TRUE(trace);
  return propagate(*trace);
}

std::vector<ChannelId> axis(const ChannelGraph& graph, const std::string& tensor, std::int64_t number) {
  const auto it =
      std::find_if(graph.axes.begin(), graph.axes.end(), [&](const ParameterAxis& a) { return a.tensor == tensor && a.axis == number; });
  EXPECT_NE(it, graph.axes.end()) << tensor << " axis " << number;
  return it == graph.axes.end() ? std::vector<ChannelId>{} : it->ids;
}

using Ids = std::vector<ChannelId>;

/// The reasons for which any of these ids is pinned.
std::vector<std::string> reasons(const ChannelGraph& graph, const Ids& ids) {
  std::vector<std::string> found;
  for (const Pin& pin : graph.pins) {
    if (std::any_of(ids.begin(), ids.end(), [&](ChannelId id) { return std::find(pin.ids.begin(), pin.ids.end(), id) != pin.ids.end(); })) {
      found.push_back(pin.reason);
    }
  }
  return found;
}

TEST(Propagate, AConvolutionMakesChannelsThatANormAndTheNextLayerRead) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("bn", 2).conv("b", 2, 2).forward("  return self.b(torch.relu(self.bn(self.a(x))))\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_EQ(axis(graph, "a.weight", 0), (Ids{0, 1}));
  EXPECT_EQ(axis(graph, "bn.weight", 0), (Ids{0, 1}));
  EXPECT_EQ(axis(graph, "bn.running_var", 0), (Ids{0, 1}));
  EXPECT_EQ(axis(graph, "b.weight", 1), (Ids{0, 1}));
  EXPECT_EQ(axis(graph, "b.weight", 0), (Ids{2, 3}));
  ASSERT_EQ(graph.norms.size(), 1U);
  EXPECT_EQ(graph.norms[0], (NormSite{"bn", "batch_norm", "bn.weight", "bn.bias", {0, 1}}));
  EXPECT_TRUE(reasons(graph, {0, 1}).empty());
  EXPECT_EQ(reasons(graph, {2}), std::vector<std::string>{"reaches the model's output"});
  EXPECT_EQ(graph.costs, (std::vector<LayerCost>{{"a.weight", 64}, {"b.weight", 64}}));
}

TEST(Propagate, ASumMakesBothSidesEqual) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("b", 3, 2).norm("nb", 2).forward(
      "  return torch.relu(self.na(self.a(x)) + self.nb(self.b(x))).mean([1, 2, 3])\n");
  const ChannelGraph graph = graph_of(model);
  ASSERT_EQ(graph.couplings.size(), 1U);
  EXPECT_EQ(graph.couplings[0], (Coupling{"added by `aten::add`", "", {{0, 2}, {1, 3}}}));
  EXPECT_EQ(reasons(graph, {0}), std::vector<std::string>{"is mixed with other channels by `aten::mean`"});
}

TEST(Propagate, FlattenSpreadsAChannelOverItsPositions) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("bn", 2).linear("fc", 8, 5).forward("  return self.fc(torch.flatten(self.bn(self.a(x)), 1))\n");
  const ChannelGraph graph = graph_of(model, {1, 3, 2, 2});
  EXPECT_EQ(axis(graph, "fc.weight", 1), (Ids{0, 0, 0, 0, 1, 1, 1, 1}));
}

TEST(Propagate, ConcatenationPutsChannelsSideBySide) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("b", 3, 1).norm("nb", 1).conv("c", 6, 2);
  model.forward("  return self.c(torch.cat([self.na(self.a(x)), x, self.nb(self.b(x))], 1))\n");
  EXPECT_EQ(axis(graph_of(model), "c.weight", 1), (Ids{0, 1, kNoChannel, kNoChannel, kNoChannel, 2}));
}

TEST(Propagate, ADepthwiseConvolutionKeepsItsChannels) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("d", 2, 4, 3, 2).norm("nd", 4).conv("b", 4, 1);
  model.forward("  return self.b(self.nd(self.d(self.na(self.a(x)))))\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_EQ(axis(graph, "d.weight", 0), (Ids{2, 3, 4, 5}));
  ASSERT_EQ(graph.couplings.size(), 1U);
  EXPECT_EQ(graph.couplings[0], (Coupling{"the depthwise convolution", "d", {{0, 2}, {0, 3}, {1, 4}, {1, 5}}}));
  EXPECT_EQ(graph.depthwise, (std::vector<DepthwiseLayer>{{"d", {0, 1}}}));
}

TEST(Propagate, AGroupedConvolutionTellsItsGroups) {
  ScriptModel model;
  model.conv("a", 3, 4).norm("na", 4).conv("g", 4, 4, 3, 2).norm("ng", 4).conv("b", 4, 1);
  model.forward("  return self.b(self.ng(self.g(self.na(self.a(x)))))\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_EQ(graph.grouped, (std::vector<GroupedConvolution>{{"g", "g.weight", 2, {0, 1, 2, 3}, {4, 5, 6, 7}, false}}));
  EXPECT_EQ(axis(graph, "g.weight", 0), (Ids{4, 5, 6, 7}));
  EXPECT_TRUE(reasons(graph, {0, 4}).empty());
}

TEST(Propagate, AGroupedConvolutionOnTheInputItselfIsPinned) {
  ScriptModel model;
  model.conv("g", 4, 4, 3, 2).norm("ng", 4).conv("b", 4, 1).forward("  return self.b(self.ng(self.g(x)))\n");
  const ChannelGraph graph = graph_of(model, {1, 4, 8, 8});
  EXPECT_TRUE(graph.grouped.empty());
  EXPECT_EQ(reasons(graph, {0}).size(), 1U);
}

TEST(Propagate, AGateFollowsTheChannelsThatItScales) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("g", 2, 2, 1).conv("b", 2, 1);
  model.forward(
      "  y = self.na(self.a(x))\n"
      "  return self.b(y * torch.sigmoid(self.g(torch.adaptive_avg_pool2d(y, [1, 1]))))\n");
  const ChannelGraph graph = graph_of(model);
  ASSERT_EQ(graph.couplings.size(), 1U);
  EXPECT_EQ(graph.couplings[0].pairs, (std::vector<std::pair<ChannelId, ChannelId>>{{0, 2}, {1, 3}}));
  EXPECT_TRUE(reasons(graph, {0, 1, 2, 3}).empty());
}

TEST(Propagate, WhatIsNotZeroAfterMaskingIsPinnedWhereItIsRead) {
  const auto pinned = [](const std::string& expression) {
    ScriptModel model;
    model.conv("a", 3, 2).norm("na", 2).conv("b", 2, 1).forward("  y = self.na(self.a(x))\n  return self.b(" + expression + ")\n");
    return !reasons(graph_of(model), {0, 1}).empty();
  };
  EXPECT_TRUE(pinned("torch.sigmoid(y)"));
  EXPECT_TRUE(pinned("y + 1"));
  EXPECT_TRUE(pinned("torch.clamp(y, 0.5, 6.0)"));
  EXPECT_TRUE(pinned("torch.pad(y, [1, 1, 1, 1], 'constant', 0.5)"));
  EXPECT_FALSE(pinned("torch.clamp(y, 0, 6)"));
  EXPECT_FALSE(pinned("y * 3"));
  EXPECT_FALSE(pinned("torch.silu(y)"));
  EXPECT_FALSE(pinned("torch.pad(y, [1, 1, 1, 1])"));
}

TEST(Propagate, AConvolutionWithoutANormIsASiteOfItsOwn) {
  ScriptModel model;
  model.conv("a", 3, 2, 3, 1, true).conv("b", 2, 1).forward("  return self.b(torch.relu(self.a(x)))\n");
  const ChannelGraph graph = graph_of(model);
  ASSERT_EQ(graph.norms.size(), 1U);  // what `b` makes is the output
  EXPECT_EQ(graph.norms[0], (NormSite{"a", NormSite::kBareLayer, "a.weight", "a.bias", {0, 1}}));
  EXPECT_TRUE(reasons(graph, {0}).empty());
}

TEST(Propagate, AConvolutionWithoutANormIsPinnedWhereItWouldNotStayZero) {
  ScriptModel model;
  model.conv("a", 3, 2).conv("b", 2, 1).forward("  return self.b(torch.sigmoid(self.a(x)))\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_TRUE(graph.norms.empty());
  EXPECT_EQ(reasons(graph, {0}), std::vector<std::string>{"would not be zero after masking where `aten::conv2d` reads it"});
}

TEST(Propagate, AnOperationWithoutARulePinsAndIsNamed) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("b", 2, 1).forward("  return self.b(torch.cumsum(self.na(self.a(x)), 1))\n");
  EXPECT_EQ(reasons(graph_of(model), {0}), std::vector<std::string>{"reaches `aten::cumsum`, which prunec cannot see through"});
}

TEST(Propagate, AWidthWrittenIntoTheModelIsFound) {
  const auto widths = [](const std::string& view) {
    ScriptModel model;
    model.conv("a", 3, 2).norm("na", 2).linear("fc", 8, 5).forward("  return self.fc(self.na(self.a(x))." + view + ")\n");
    const ChannelGraph graph = graph_of(model, {1, 3, 2, 2});
    EXPECT_TRUE(reasons(graph, {0}).empty());
    return graph.widths;
  };
  const auto written = widths("view(-1, 8)");
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0], (WidthArgument{{"", "forward", written[0].place.nodes}, "aten::view", "size", 1, {0, 0, 0, 0, 1, 1, 1, 1}}));
  EXPECT_EQ(written[0].place.nodes.size(), 1U);
  EXPECT_TRUE(widths("view(1, -1)").empty());
  EXPECT_TRUE(widths("reshape(x.size(0), -1)").empty());
}

TEST(Propagate, PartsOfTheChannelsAreFollowed) {
  ScriptModel model;
  model.conv("a", 3, 4).norm("na", 4).conv("b", 2, 1).forward("  return self.b(torch.chunk(self.na(self.a(x)), 2, 1)[1])\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_TRUE(reasons(graph, {0, 1, 2, 3}).empty());
  EXPECT_EQ(axis(graph, "b.weight", 1), (Ids{2, 3}));
  ASSERT_EQ(graph.splits.size(), 1U);
  EXPECT_EQ(graph.splits[0].chunks, 2);
  EXPECT_EQ(graph.splits[0].parts, (std::vector<Ids>{{0, 1}, {2, 3}}));
}

TEST(Propagate, PickingAChannelByItsNumberPins) {
  ScriptModel model;
  model.conv("a", 3, 4).norm("na", 4).conv("b", 1, 1).forward("  return self.b(self.na(self.a(x))[:, 2].unsqueeze(1))\n");
  EXPECT_EQ(reasons(graph_of(model), {3}).size(), 1U);
}

/// The channels in two blocks, their places interleaved.
const char* const kShuffle =
    "  b, c, h, w = x.size(0), x.size(1), x.size(2), x.size(3)\n"
    "  return x.view(b, 2, c // 2, h, w).transpose(1, 2).contiguous().view(b, c, h, w)\n";

TEST(Propagate, AShuffleKeepsWhatIsAtTheSamePlaceOfEveryBlockTogether) {
  ScriptModel model;
  model.conv("a", 3, 6).norm("na", 6).custom("shuffle", {}, kShuffle).conv("b", 6, 1);
  model.forward("  return self.b(self.shuffle(self.na(self.a(x))))\n");
  const ChannelGraph graph = graph_of(model);
  ASSERT_EQ(graph.shuffles.size(), 1U);
  const Shuffle& shuffle = graph.shuffles[0];
  EXPECT_EQ(shuffle.groups, 2);
  EXPECT_EQ(shuffle.axis, 1);
  EXPECT_EQ(shuffle.layer, "shuffle");
  EXPECT_EQ(shuffle.outputs, (Ids{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(axis(graph, "b.weight", 1), shuffle.outputs);
  ASSERT_EQ(graph.couplings.size(), 1U);
  EXPECT_EQ(graph.couplings, keep_couplings(shuffle));
  EXPECT_EQ(graph.couplings[0].pairs, (std::vector<std::pair<ChannelId, ChannelId>>{{0, 3}, {1, 4}, {2, 5}}));
  const ChannelGraph selected = select_shuffles(graph, {true});
  EXPECT_TRUE(selected.couplings.empty());
  EXPECT_TRUE(selected.shuffles[0].selected);
}

TEST(Propagate, ANormHoldsItsChannelsToTheConcatenationThatItReads) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).norm("join", 7).norm("alone", 2).conv("b", 7, 1).conv("c", 2, 1);
  model.forward(
      "  y = torch.relu(self.na(self.a(x)))\n  z = torch.dropout(torch.cat([y, x, y], 1), 0.5, False)\n"
      "  return self.b(self.join(z)) + self.c(self.alone(y))\n");
  const ChannelGraph graph = graph_of(model);
  ASSERT_EQ(graph.reads.size(), 1U);
  const ConcatRead& read = graph.reads[0];
  EXPECT_EQ(read.layer, "join");
  EXPECT_EQ(read.inputs, (Ids{0, 1, kNoChannel, kNoChannel, kNoChannel, 0, 1}));
  EXPECT_EQ(read.outputs, (Ids{2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(axis(graph, "b.weight", 1), read.outputs);
  ASSERT_EQ(graph.couplings.size(), 2U);  // the other is that of the sum
  EXPECT_EQ(graph.couplings[0], keep_couplings(read).front());
  EXPECT_EQ(graph.pins[0].ids, (Ids{4, 5, 6}));
  const ChannelGraph selected = select_reads(graph, {true});
  EXPECT_EQ(selected.couplings, std::vector<Coupling>{graph.couplings[1]});
  EXPECT_EQ(selected.pins.back().ids, (Ids{0, 1, 0, 1}));
  EXPECT_EQ(selected.pins.size(), graph.pins.size());
}

TEST(Propagate, AParameterForEachChannelFollowsThem) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("b", 2, 1).parameter("scale", {2, 1, 1});
  model.forward("  return self.b(self.na(self.a(x)) * self.scale)\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_TRUE(reasons(graph, {0, 1}).empty());
  EXPECT_EQ(axis(graph, "scale", 0), (Ids{0, 1}));
}

TEST(Propagate, AFixedTensorOnTheChannelsPinsThem) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("na", 2).conv("b", 2, 1);
  model.forward("  return self.b(self.na(self.a(x)) * torch.ones([2, 1, 1]))\n");
  EXPECT_EQ(reasons(graph_of(model), {0}), std::vector<std::string>{"is combined with a tensor of fixed width by `aten::mul`"});
}

TEST(Propagate, ASharedLayerMakesTheChannelsOfItsCallsEqual) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("bn", 2).conv("b", 2, 2).same("again", "bn");
  model.forward("  return self.b(self.again(self.b(self.bn(self.a(x)))))\n");
  const ChannelGraph graph = graph_of(model);
  EXPECT_EQ(graph.norms.size(), 1U);
  EXPECT_FALSE(graph.couplings.empty());
}

TEST(Propagate, ChangingAViewInPlacePins) {
  ScriptModel model;
  model.conv("a", 3, 2).norm("bn", 2).conv("b", 2, 1).forward(
      "  y = self.bn(self.a(x))\n"
      "  z = y[:, :, 0:1]\n"
      "  z.add_(1)\n"
      "  return self.b(y)\n");
  EXPECT_FALSE(reasons(graph_of(model), {0}).empty());
}

}  // namespace
}  // namespace prunec

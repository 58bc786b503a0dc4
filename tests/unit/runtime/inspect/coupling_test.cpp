// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/inspect/coupling.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

using Reasons = std::vector<UnionReason>;

/// Two convolutions whose sum one norm scales, each with a norm of its own before the sum; a head reads the sum.
ChannelGraph residual() {
  ChannelGraph graph;
  graph.channel_count = 6;
  graph.axes = {{"a.weight", 0, {0, 1}},    {"bn_a.weight", 0, {0, 1}}, {"b.weight", 0, {2, 3}},
                {"bn_b.weight", 0, {2, 3}}, {"head.weight", 1, {0, 1}}, {"head.weight", 0, {4, 5}}};
  graph.norms = {{"bn_a", "batch_norm", "bn_a.weight", "", {0, 1}}, {"bn_b", "batch_norm", "bn_b.weight", "", {2, 3}}};
  graph.couplings = {{"added by `aten::add_`", "layer2.0", {{0, 2}, {1, 3}}}};
  graph.pins = {{"reaches the model's output", "", {4}}, {"reaches the model's output", "", {4, 5}}};
  return graph;
}

/// Two layers of two and one channel, concatenated before a norm and a head.
ChannelGraph dense() {
  ChannelGraph graph;
  graph.channel_count = 3;
  graph.axes = {{"a.weight", 0, {0, 1}},
                {"norm1.weight", 0, {0, 1}},
                {"b.weight", 0, {2}},
                {"norm2.weight", 0, {0, 1, 2}},
                {"norm2.bias", 0, {0, 1, 2}}};
  graph.norms = {{"norm1", "batch_norm", "norm1.weight", "", {0, 1}}, {"norm2", "batch_norm", "norm2.weight", "norm2.bias", {0, 1, 2}}};
  return graph;
}

TEST(Coupling, ASumIsTheReasonForItsSet) {
  const auto sets = set_rows(residual());
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0], (SetRow{2, {"bn_a", "bn_b"}, {"a", "b"}, {{"added by `aten::add_`", "layer2.0", 2}}, "", ""}));
}

TEST(Coupling, AReasonMayHoldOnlySomeOfTheChannels) {
  ChannelGraph graph = residual();
  graph.couplings.push_back({"multiplied by `aten::mul`", "gate", {{0, 2}}});
  const Reasons reasons = set_rows(graph)[0].reasons;
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[1], (UnionReason{"multiplied by `aten::mul`", "gate", 1}));
}

TEST(Coupling, AConcatenationIsAReasonOfEverySetThatItJoins) {
  const auto sets = set_rows(dense());
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].norms, (std::vector<std::string>{"norm1", "norm2"}));
  EXPECT_EQ(sets[0].reasons, (Reasons{{"concatenated before they are read", "norm2", 2}}));
  EXPECT_EQ(sets[1].makers, (std::vector<std::string>{"b"}));
  EXPECT_EQ(sets[1].reasons, (Reasons{{"concatenated before they are read", "norm2", 1}}));
}

TEST(Coupling, PinsCountCoupledChannelsOnce) {
  EXPECT_EQ(pin_rows(residual()), (std::vector<PinRow>{{"reaches the model's output", "", 2}}));
  ChannelGraph graph = residual();
  graph.pins = {{"reaches `aten::fft`, which prunec cannot see through", "x", {0, 2}}};
  EXPECT_EQ(pin_rows(graph)[0].channels, 1U);
  const SetRow set = set_rows(graph)[0];
  EXPECT_EQ(set.pinned, "a channel reaches `aten::fft`, which prunec cannot see through");
  EXPECT_EQ(set.pinned_at, "x");
}

TEST(Coupling, AtMostAllButOneOfEachSetThatIsNotPinned) {
  EXPECT_EQ(channels_and_removable(residual()), (std::pair<std::size_t, std::size_t>{4, 2}));
  EXPECT_EQ(channels_and_removable(dense()), (std::pair<std::size_t, std::size_t>{5, 2}));
  ChannelGraph graph = residual();
  graph.pins = {{"is fixed", "x", {3}}};
  EXPECT_EQ(channels_and_removable(graph), (std::pair<std::size_t, std::size_t>{4, 0}));
  EXPECT_EQ(channels_and_removable({}), (std::pair<std::size_t, std::size_t>{0, 0}));
}

TEST(Coupling, OperationsWithoutARuleAreCounted) {
  OpTrace trace;
  trace.values = {{{1, 2}, "", false}};
  const std::vector<Argument> on_tensor{{"self", TensorRef{0}}};
  trace.operations = {{"aten::relu", "", on_tensor, {}},
                      {"aten::sort", "x", on_tensor, {}},
                      {"aten::fft", "x", on_tensor, {}},
                      {"aten::fft", "y", on_tensor, {}},
                      {"aten::len", "", {}, {}}};
  ChannelGraph graph = residual();
  graph.pins = {{"reaches `aten::fft`, which prunec cannot see through", "x", {0, 1}}};
  const auto unknown = unknown_operations(trace, graph, [](const Operation& operation) { return operation.name == "aten::relu"; });
  EXPECT_EQ(unknown, (std::vector<UnknownOperation>{{"aten::fft", 2, 2}, {"aten::sort", 1, 0}}));
}

}  // namespace
}  // namespace prunec

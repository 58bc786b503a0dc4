// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/facts/layer_channels.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

TEST(LayerChannels, ALayerMakesTheChannelsThatLieOnItFirst) {
  ChannelGraph graph;
  graph.channel_count = 4;
  graph.axes = {{"conv1.weight", 0, {0, 1}}, {"bn1.weight", 0, {0, 1}}, {"bn1.bias", 0, {0, 1}},   {"conv2.weight", 1, {0, 1}},
                {"conv2.weight", 0, {2, 3}}, {"conv2.bias", 0, {2, 3}}, {"head.weight", 1, {2, 3}}};
  graph.norms = {{"bn1", "batch_norm", "bn1.weight", "bn1.bias", {0, 1}}};
  EXPECT_EQ(layer_channels(graph),
            (std::vector<LayerChannels>{{"conv1", std::nullopt, {0, 1}}, {"bn1", 0, {0, 1}}, {"conv2", std::nullopt, {2, 3}}}));
}

TEST(LayerChannels, TheOwnerOfAKeyIsItsModule) {
  EXPECT_EQ(owner_of("layer1.0.conv1.weight"), "layer1.0.conv1");
  EXPECT_EQ(owner_of("token"), "");
}

}  // namespace
}  // namespace prunec

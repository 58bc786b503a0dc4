// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/inspect/layers.h"

#include <cmath>
#include <gtest/gtest.h>

namespace prunec {
namespace {

/// A trace of operations that each use one weight.
class Trace {
 public:
  Trace& uses(const std::string& operation, const std::string& weight, std::vector<std::int64_t> shape, std::int64_t groups = 1) {
    trace_.values.push_back({std::move(shape), weight, false});
    const auto id = static_cast<ValueId>(trace_.values.size() - 1);
    trace_.operations.push_back({operation, "", {{"weight", TensorRef{id}}, {"groups", Integer{groups, true}}}, {}});
    return *this;
  }
  operator const OpTrace&() const { return trace_; }  // NOLINT

 private:
  OpTrace trace_;
};

TEST(Layers, KindsAndWidths) {
  const Trace trace = Trace()
                          .uses("aten::_convolution", "stem.weight", {8, 3, 3, 3})
                          .uses("aten::conv2d", "dw.weight", {8, 1, 3, 3}, 8)
                          .uses("aten::conv2d", "g.weight", {8, 2, 1, 1}, 4)
                          .uses("aten::conv_transpose1d", "up.weight", {8, 4, 2})
                          .uses("aten::linear", "head.weight", {10, 8})
                          .uses("aten::layer_norm", "ln.weight", {8})
                          .uses("aten::embedding", "words.weight", {100, 16})
                          .uses("aten::mul", "scale", {5});
  const auto rows = layers_of(trace, {}, {"stem.weight", "dw.weight", "g.weight", "up.weight", "head.weight", "ln.weight", "words.weight"});
  const std::vector<LayerRow> expected = {{"stem", "conv2d", 3, 8, 216, 0},        {"dw", "depthwise conv2d", 8, 8, 72, 0},
                                          {"g", "grouped conv2d", 8, 8, 16, 0},    {"up", "conv_transpose1d", 8, 4, 64, 0},
                                          {"head", "linear", 8, 10, 80, 0},        {"ln", "layer_norm", 8, 8, 8, 0},
                                          {"words", "embedding", 16, 16, 1600, 0}, {"", "mul", 5, 5, 0, 0}};
  EXPECT_EQ(rows, expected);
}

TEST(Layers, AModuleThatRunsTwiceIsOneRowWithAllItsWork) {
  const Trace trace = Trace().uses("aten::conv2d", "c.weight", {4, 4, 1, 1}).uses("aten::conv2d", "c.weight", {4, 4, 1, 1});
  ChannelGraph graph;
  graph.costs = {{"c.weight", 10}, {"c.weight", 5}, {"gone.weight", 5}};
  EXPECT_EQ(layers_of(trace, graph, {"c.weight"}), (std::vector<LayerRow>{{"c", "conv2d", 4, 4, 16, 240}}));
}

TEST(Layers, TheGraphKnowsANormThatIsWrittenOut) {
  const Trace trace = Trace().uses("aten::reshape", "bn.weight", {4});
  ChannelGraph graph;
  graph.norms = {{"bn", "frozen_batch_norm", "bn.weight", "", {0, 1, 2, 3}}};
  EXPECT_EQ(layers_of(trace, graph, {}), (std::vector<LayerRow>{{"bn", "frozen_batch_norm", 4, 4, 0, 0}}));
}

TEST(Layers, TheSpreadOfScales) {
  EXPECT_EQ(spread_of("bn", {0.5, 0.1, 0.3, 0.2, 0.4}), (NormScales{"bn", 5, {0.1, 0.2, 0.3, 0.4, 0.5}, 0}));
  EXPECT_EQ(spread_of("bn", {0.5}), (NormScales{"bn", 1, {0.5, 0.5, 0.5, 0.5, 0.5}, 0}));
  EXPECT_EQ(spread_of("bn", {NAN, 1.0, INFINITY}), (NormScales{"bn", 3, {1, 1, 1, 1, 1}, 2}));
  EXPECT_EQ(spread_of("bn", {}), (NormScales{"bn", 0, {}, 0}));
}

}  // namespace
}  // namespace prunec

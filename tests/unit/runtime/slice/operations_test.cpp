// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations between a norm and the next layer: those that prunec follows are exact, and those that mix channels pin them.

#include <gtest/gtest.h>

#include "runtime/trace/propagate.h"
#include "tests/support/exact_cut.h"

namespace prunec {
namespace {

using test::cut;
using test::network_around;
using test::Removal;

struct Case {
  const char* expression;
  std::int64_t width;  ///< of what comes out
};

class Followed : public testing::TestWithParam<Case> {};

TEST_P(Followed, IsExact) {
  const test::ScriptModel model = network_around(GetParam().expression, GetParam().width);
  for (const Removal& removal : {Removal{{"na", {1}}}, Removal{{"na", {0, 2, 7}}}}) {
    const auto result = cut(model, removal);
    ASSERT_TRUE(result.problems.empty()) << result.problems.front().message;
    EXPECT_LT(result.difference, 1e-5) << GetParam().expression;
    EXPECT_LT(result.sliced.tensor("b.weight").size(1), GetParam().width);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Operations, Followed,
    testing::Values(Case{"y + 0", 8}, Case{"(y - 0.).add_(0)", 8}, Case{"torch.maximum(y, y * 0.5)", 8},
                    Case{"torch.minimum(y, y * 0.5)", 8}, Case{"y - y.mean([2, 3], True)", 8},
                    Case{"y / (torch.amax(torch.abs(y), [2, 3], True) + 1)", 8}, Case{"torch.pow(y, 2)", 8}, Case{"torch.sqrt(y)", 8},
                    Case{"y / torch.clamp_min(torch.norm(y, 2, [1], True), 0.001).expand_as(y)", 8}, Case{"y * torch.sum(y, [1], True)", 8},
                    Case{"torch.glu(torch.cat([y, y * 2], 1), 1)", 8}, Case{"torch.glu(y, 1)", 4},
                    Case{"torch.instance_norm(y, None, None, None, None, True, 0.1, 0.00001, False)", 8},
                    Case{"self.mix(torch.upsample_nearest2d(y, [8, 8], None))", 8},
                    Case{"torch.upsample_bilinear2d(y, [5, 7], False, None)", 8}, Case{"torch.relu_(y.clone())", 8},
                    Case{"y.clone().mul_(2)", 8}, Case{"torch.prelu(y - 2 * y, self.slope)", 8},
                    Case{"y * self.slope.view(1, -1, 1, 1)", 8}, Case{"y * self.slope.unsqueeze(1).unsqueeze(2)", 8},
                    Case{"y * torch.sigmoid(self.slope).reshape(8, 1, 1)", 8}, Case{"torch.where(torch.ones([1]) > 0, y, y * 2)", 8},
                    Case{"torch.masked_fill(y, torch.ones([1, 1, 1, 1]) > 2, 0.)", 8}, Case{"torch.erf(y)", 8},
                    Case{"y.contiguous().detach()", 8}, Case{"torch.var(y, [2, 3], True, True) * y", 8},
                    Case{"torch.index_put(torch.zeros([2 * y.size(0), y.size(1), y.size(2), y.size(3)]), [torch.arange(y.size(0))], y)", 8},
                    Case{"torch.layer_norm(y, [y.size(2), y.size(3)], None, None, 0.00001)", 8}));

class Pinned : public testing::TestWithParam<const char*> {};

TEST_P(Pinned, StaysWhole) {
  EXPECT_THROW(cut(network_around(GetParam(), 8), {{"na", {1}}}), std::runtime_error) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    Operations, Pinned,
    testing::Values("torch.cumsum(y, 1)", "torch.group_norm(y, 4)", "torch.layer_norm(y.permute([0, 2, 3, 1]), [8]).permute([0, 3, 1, 2])",
                    "y * torch.mean(y, [1], True)", "y * torch.amax(y, [1], True)", "torch.softmax(y, 1) * y",
                    "torch.matmul(y, y.transpose(2, 3)).matmul(y)", "torch.masked_fill(y, y > 2, 0.)",
                    "torch.masked_fill(y, torch.ones([1, 8, 1, 1]) > 2, 0.)", "torch.pow(y, y)", "torch.where(y > 1, y, y * 2)",
                    "torch.index_select(y, 1, torch.arange(8))", "y[:, ::2].repeat(1, 2, 1, 1)", "y + self.slope.view(1, -1, 1, 1)",
                    "torch.clamp(y, 0.5, 6.0)", "y * torch.ones([8, 1, 1])", "y / y",
                    "torch.index_put(torch.ones([2 * y.size(0), y.size(1), y.size(2), y.size(3)]), [torch.arange(y.size(0))], y)"));

TEST(Followed, AFrozenNormIsASite) {
  test::ScriptModel model;
  model.conv("a", 3, 8).frozen_norm("na", 8).conv("b", 8, 8).frozen_norm("nb", 8).conv("c", 8, 2);
  model.forward("  y = torch.relu(self.na(self.a(x)))\n  return self.c(torch.relu(self.nb(self.b(y)) + y))\n");
  const ChannelGraph graph = propagate(*model.read().trace({1, 3, 8, 8}));
  ASSERT_EQ(graph.norms.size(), 2U);
  EXPECT_EQ(graph.norms[0].path, "na");
  EXPECT_EQ(graph.norms[0].kind, "frozen_batch_norm");
  EXPECT_EQ(graph.norms[1].shift, "nb.bias");
  const auto result = cut(model, {{"na", {1, 5, 6}}});
  ASSERT_TRUE(result.problems.empty());
  EXPECT_LT(result.difference, 1e-5);
  for (const char* buffer : {"na.weight", "na.bias", "na.running_mean", "nb.running_var"})
    EXPECT_EQ(result.sliced.tensor(buffer).size(0), 5);
}

TEST(Followed, ANormThatAddsToItsScaleIsNotZeroWithoutIt) {
  test::ScriptModel model;
  model.conv("a", 3, 8).conv("b", 8, 2).frozen_norm("na", 8);
  model.forward(
      "  n = self.na\n"
      "  s = (n.weight + 1) * (n.running_var + 0.1).rsqrt()\n"
      "  return self.b(self.a(x) * s.view(1, -1, 1, 1) + (n.bias - n.running_mean * s).view(1, -1, 1, 1))\n");
  EXPECT_THROW(cut(model, {{"na", {1}}}), std::runtime_error);
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// Convolutions in groups, cut on real models: what is sliced must equal what is masked.

#include <gtest/gtest.h>

#include "runtime/slice/group_edits.h"
#include "tests/support/exact_cut.h"

namespace prunec {
namespace {

using test::Cut;
using test::Removal;
using test::ScriptModel;

constexpr double kTolerance = 1e-5;

/// A middle layer that reads 12 channels of `na` and makes 8 for `nb`, with a norm and a head around it.
ScriptModel around(const std::map<std::string, std::vector<std::int64_t>>& parameters, const std::string& call, std::int64_t outputs = 8) {
  ScriptModel model;
  model.conv("a", 3, 12).norm("na", 12).custom("g", parameters, "  return " + call + "\n").norm("nb", outputs).conv("c", outputs, 2);
  model.forward("  return self.c(torch.relu(self.nb(self.g(torch.relu(self.na(self.a(x)))))))\n");
  return model;
}

ScriptModel in_four_groups() {
  return around({{"weight", {8, 3, 3, 3}}, {"bias", {8}}}, "torch.conv2d(x, self.weight, self.bias, [1, 1], [1, 1], [1, 1], 4)");
}

ScriptModel transposed_in_four_groups() {
  return around({{"weight", {12, 2, 3, 3}}, {"bias", {8}}},
                "torch.conv_transpose2d(x, self.weight, self.bias, [2, 2], [1, 1], [0, 0], 4, [1, 1])");
}

const Removal kOneOfEachGroup{{"na", {0, 4, 8, 11}}, {"nb", {1, 2, 5, 7}}};
const Removal kTwoGroups{{"na", {0, 1, 2, 9, 10, 11}}, {"nb", {0, 1, 6, 7}}};

std::vector<std::int64_t> shape(const Cut& cut, const std::string& key) {
  return cut.sliced.tensor(key).sizes().vec();
}

TEST(GroupedConvolutions, KeepTheirGroupsWhenEachLosesAsMuch) {
  const Cut cut = test::cut(in_four_groups(), kOneOfEachGroup);
  ASSERT_TRUE(cut.problems.empty()) << cut.problems.front().message;
  EXPECT_LT(cut.difference, kTolerance);
  EXPECT_EQ(shape(cut, "g.weight"), (std::vector<std::int64_t>{4, 2, 3, 3}));
  EXPECT_TRUE(cut.edits.attributes.empty());
  EXPECT_NE(std::find(cut.edits.tensors.begin(), cut.edits.tensors.end(), (TensorEdit{"g.weight", 1, {1, 2, 3, 5, 6, 7, 9, 10}, 4})),
            cut.edits.tensors.end());
}

TEST(GroupedConvolutions, LoseWholeGroups) {
  const Cut cut = test::cut(in_four_groups(), kTwoGroups);
  ASSERT_TRUE(cut.problems.empty()) << cut.problems.front().message;
  EXPECT_LT(cut.difference, kTolerance);
  EXPECT_EQ(shape(cut, "g.weight"), (std::vector<std::int64_t>{4, 3, 3, 3}));
  EXPECT_EQ(cut.edits.attributes, (std::vector<AttributeEdit>{{"g", "groups", 4, 2}}));
}

TEST(GroupedConvolutions, LoseAGroupAndTheOthersAsMuchAsEachOther) {
  const Cut cut = test::cut(in_four_groups(), {{"na", {0, 1, 2, 3, 7, 9}}, {"nb", {0, 1, 3, 4, 6}}});
  ASSERT_TRUE(cut.problems.empty()) << cut.problems.front().message;
  EXPECT_LT(cut.difference, kTolerance);
  EXPECT_EQ(shape(cut, "g.weight"), (std::vector<std::int64_t>{3, 2, 3, 3}));
}

TEST(GroupedConvolutions, BackwardsKeepOrLoseTheirGroups) {
  for (const Removal& removal : {kOneOfEachGroup, kTwoGroups}) {
    const Cut cut = test::cut(transposed_in_four_groups(), removal);
    ASSERT_TRUE(cut.problems.empty()) << cut.problems.front().message;
    EXPECT_LT(cut.difference, kTolerance);
  }
}

TEST(GroupedConvolutions, PlainOnesBackwardsAreSliced) {
  const Cut cut = test::cut(around({{"weight", {12, 8, 3, 3}}, {"bias", {8}}}, "torch.conv_transpose2d(x, self.weight, self.bias, [2, 2])"),
                            {{"na", {0, 5}}, {"nb", {1, 2, 7}}});
  EXPECT_LT(cut.difference, kTolerance);
  EXPECT_EQ(shape(cut, "g.weight"), (std::vector<std::int64_t>{10, 5, 3, 3}));
}

TEST(GroupedConvolutions, DepthwiseOnesFollowTheirInputs) {
  const Cut forward = test::cut(around({{"weight", {24, 1, 3, 3}}}, "torch.conv2d(x, self.weight, None, [1, 1], [1, 1], [1, 1], 12)", 24),
                                {{"na", {0, 5}}});
  EXPECT_LT(forward.difference, kTolerance);
  EXPECT_EQ(shape(forward, "nb.weight"), (std::vector<std::int64_t>{20}));
  const Cut backward =
      test::cut(around({{"weight", {12, 2, 2, 2}}}, "torch.conv_transpose2d(x, self.weight, None, [2, 2], [0, 0], [0, 0], 12, [1, 1])", 24),
                {{"nb", {3}}});
  EXPECT_LT(backward.difference, kTolerance);
  EXPECT_EQ(shape(backward, "g.weight"), (std::vector<std::int64_t>{11, 2, 2, 2}));
}

TEST(GroupedConvolutions, OverOneAxisAndThree) {
  for (const std::string axes : {"1", "3"}) {
    const std::size_t n = axes == "1" ? 1 : 3;
    std::vector<std::int64_t> ones(n, 1);
    const auto weight = [&](std::int64_t out, std::int64_t in) {
      std::vector<std::int64_t> shape{out, in};
      shape.insert(shape.end(), n, 3);
      return shape;
    };
    const std::string list = n == 1 ? "[1]" : "[1, 1, 1]";
    const auto conv = [&](const std::string& groups) {
      return "  return torch.conv" + axes + "d(x, self.weight, None, " + list + ", " + list + ", " + list + ", " + groups + ")\n";
    };
    ScriptModel model;
    model.custom("a", {{"weight", weight(8, 3)}}, conv("1")).norm("na", 8);
    model.custom("g", {{"weight", weight(4, 4)}}, conv("2")).norm("nb", 4);
    model.custom("d", {{"weight", weight(4, 1)}}, conv("4")).norm("nd", 4).custom("c", {{"weight", weight(2, 4)}}, conv("1"));
    model.forward("  return self.c(self.nd(self.d(torch.relu(self.nb(self.g(torch.relu(self.na(self.a(x)))))))))\n");
    std::vector<std::int64_t> input{1, 3};
    input.insert(input.end(), n, 6);
    const Cut cut = test::cut(model, {{"na", {0, 1, 5, 7}}, {"nb", {0, 3}}}, input);
    ASSERT_TRUE(cut.problems.empty()) << cut.problems.front().message;
    EXPECT_LT(cut.difference, kTolerance) << axes;
  }
}

TEST(GroupedConvolutions, AreRefusedWhenTheGroupsWouldDiffer) {
  for (const Removal& removal : {Removal{{"na", {0}}}, Removal{{"na", {0, 3}}, {"nb", {0, 2}}}, Removal{{"na", {0, 1, 2}}}}) {
    const Cut cut = test::cut(in_four_groups(), removal);
    ASSERT_EQ(cut.problems.size(), 1U);
    EXPECT_EQ(cut.problems[0].code, Code::kP0705);
    EXPECT_FALSE(cut.problems[0].notes.empty());
  }
}

TEST(GroupedConvolutions, NeverLoseAllGroups) {
  GroupedConvolution layer{"g", "g.weight", 2, {0, 1}, {2, 3}};
  Edits edits;
  EXPECT_EQ(plan_groups(layer, {true, true, true, true}, edits).size(), 1U);
}

}  // namespace
}  // namespace prunec

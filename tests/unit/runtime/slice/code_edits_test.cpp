// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Models whose code says how wide they are, cut and held against the masked model.

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "runtime/slice/plan_edits.h"
#include "runtime/trace/propagate.h"
#include "runtime/trace/selections.h"
#include "runtime/verify/verify.h"
#include "tests/support/exact_cut.h"

namespace prunec {
namespace {

using test::cut;
using test::network_around;
using test::Removal;
using test::ScriptModel;

constexpr double kTolerance = 1e-5;

std::string problem_of(const test::Cut& cut) {
  return cut.problems.empty() ? std::string() : cut.problems.front().message;
}

struct Case {
  const char* expression;
  std::int64_t width;  ///< of what comes out
};

class Movement : public testing::TestWithParam<Case> {};

TEST_P(Movement, IsExact) {
  const ScriptModel model = network_around(GetParam().expression, GetParam().width);
  for (const Removal& removal : {Removal{{"na", {1}}}, Removal{{"na", {3, 4}}}, Removal{{"na", {2, 5, 6}}}, Removal{{"na", {7}}}}) {
    const auto result = cut(model, removal);
    ASSERT_EQ(problem_of(result), "") << GetParam().expression;
    EXPECT_LT(result.difference, kTolerance) << GetParam().expression;
    EXPECT_LT(result.sliced.tensor("b.weight").size(1), GetParam().width);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Operations, Movement,
    testing::Values(Case{"torch.cat(torch.chunk(y, 2, 1)[::-1], 1)", 8}, Case{"torch.cat(torch.split(y, 3, 1)[::-1], 1)", 8},
                    Case{"torch.cat(torch.split(y, [1, 5, 2], 1), 1)", 8}, Case{"torch.cat(torch.tensor_split(y, 3, 1)[::-1], 1)", 8},
                    Case{"torch.cat([y[:, 2:6], y[:, 1:]], 1)", 11}, Case{"torch.cat([y[:, -3:], y[:, :-2], y], 1)", 17},
                    Case{"torch.cat([torch.narrow(y, 1, 1, 6), y], 1)", 14}, Case{"torch.cat([y, y], 1)", 16},
                    Case{"torch.cat([y[:, :y.size(1) // 2] * 2, y[:, y.size(1) // 2:]], 1)", 8}, Case{"torch.roll(y, [3], [1])", 8},
                    Case{"torch.roll(y, [-2, 1], [1, 2])", 8}, Case{"torch.flip(y, [1, 3])", 8}, Case{"y.repeat(1, 2, 1, 1)", 16},
                    Case{"torch.repeat_interleave(y, 2, 1)", 16}, Case{"torch.pad(y, [0, 0, 0, 0, 1, 2])", 11},
                    Case{"torch.pixel_unshuffle(y, 2)", 32}, Case{"y.view(-1, 8, y.size(2), y.size(3))", 8},
                    Case{"y.reshape([y.size(0), 8, -1]).view(y.size(0), -1, y.size(2), y.size(3))", 8},
                    Case{"y.permute([0, 2, 3, 1]).view(-1, 8).view(y.size(0), y.size(2), y.size(3), 8).permute([0, 3, 1, 2])", 8},
                    Case{"y.unsqueeze(1).expand(-1, 2, 8, -1, -1).sum([1])", 8},
                    Case{"y.unsqueeze(-1).squeeze(-1).transpose(1, 2).transpose(1, 2)", 8},
                    Case{"torch.stack([y, y * 2], 0).select(0, 1)", 8}, Case{"torch.stack([y, y * 2], 2).sum([2])", 8},
                    Case{"torch.cat([y, y * 2], 2)", 8}, Case{"y[:, :, 0:4].contiguous()", 8}));

/// What ties channels of one layer together beyond what a position says.
class Closed : public testing::TestWithParam<Case> {};

TEST_P(Closed, IsExact) {
  const ScriptModel model = network_around(GetParam().expression, GetParam().width);
  for (const Removal& removal : {Removal{{"na", {1}}}, Removal{{"na", {0, 2}}}}) {
    const auto result = cut(model, removal);
    ASSERT_EQ(problem_of(result), "") << GetParam().expression;
    EXPECT_LT(result.difference, kTolerance) << GetParam().expression;
    EXPECT_LT(result.sliced.tensor("b.weight").size(1), GetParam().width);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Operations, Closed,
    testing::Values(Case{"torch.pixel_shuffle(y, 2)", 2}, Case{"y.view(y.size(0), 2, 4, y.size(2), y.size(3)).sum([1])", 4},
                    Case{"y.view(y.size(0), 2, -1, y.size(2), y.size(3)).transpose(1, 2).flatten(1, 2)", 8},
                    Case{"y.view(y.size(0), -1, 2, y.size(2), y.size(3)).mean(2)", 4},
                    Case{"torch.unflatten(y, 1, [2, 4]).transpose(1, 2).reshape(y.size(0), 8, y.size(2), y.size(3))", 8},
                    Case{"torch.channel_shuffle(y, 2)", 8}));

TEST(CodeEdits, WhatIsLeftInTheCodeIsNoticed) {
  const ScriptModel model = network_around("y.view(-1, 8, y.size(2), y.size(3))", 8);
  const Model original = model.read();
  const ChannelGraph graph = propagate(*original.trace({1, 3, 8, 8}));
  Edits edits = *plan_edits(graph, test::removed_by(graph, {{"na", {1}}}));
  ASSERT_EQ(edits.arguments.size(), 1U);
  EXPECT_EQ(edits.arguments[0].before, 8);
  EXPECT_EQ(edits.arguments[0].after, 7);
  edits.arguments.clear();
  Model sliced = model.read();
  ASSERT_TRUE(sliced.apply(edits).empty());
  EXPECT_FALSE(sliced.run(at::randn({1, 3, 8, 8})));
}

TEST(CodeEdits, EqualPartsAreLeftToTheChunkItself) {
  const auto result = cut(network_around("torch.cat(torch.chunk(y, 2, 1)[::-1], 1)", 8), {{"na", {1, 6}}});
  EXPECT_TRUE(result.edits.splits.empty());
  EXPECT_LT(result.difference, kTolerance);
}

TEST(CodeEdits, APartWithoutChannelsIsRefused) {
  const auto result = cut(network_around("torch.cat(torch.chunk(y, 4, 1)[::-1], 1)", 8), {{"na", {2, 3}}});
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].code, Code::kP0706);
}

/// Two blocks, each of a convolution and a norm, that share the code between them.
ScriptModel two_blocks(const std::string& forward) {
  ScriptModel model;
  model.conv("a", 3, 8).norm("na", 8).conv("b", 8, 8).norm("nb", 8).conv("c", 8, 2);
  model.custom("widen", {}, "  return x.view(-1, 8, x.size(2), x.size(3)) * 2\n").another("other", "widen");
  model.function(
      "def shuffle(x: Tensor, groups: int) -> Tensor:\n"
      "  b, c, h, w = x.size(0), x.size(1), x.size(2), x.size(3)\n"
      "  return x.view(b, groups, c // groups, h, w).transpose(1, 2).contiguous().view(b, c, h, w)\n");
  model.forward(forward);
  return model;
}

TEST(CodeEdits, InstancesOfOneClassAreEditedApart) {
  const ScriptModel model =
      two_blocks("  y = self.widen(torch.relu(self.na(self.a(x))))\n  return self.c(self.other(torch.relu(self.nb(self.b(y)))))\n");
  const auto result = cut(model, {{"na", {1, 2, 6}}, {"nb", {0}}});
  ASSERT_EQ(problem_of(result), "");
  EXPECT_EQ(result.edits.arguments.size(), 2U);
  EXPECT_LT(result.difference, kTolerance);
}

/// A norm that checks how wide its input is, as hand-written ones do, and a layer that it is called for, directly or by a function.
ScriptModel checked_widths(const std::string& check) {
  ScriptModel model;
  model.conv("a", 3, 8).norm("na", 8).conv("b", 8, 4, 1).norm("nb", 4).linear("fc", 4, 3);
  model.custom("look", {}, check);
  model.forward(
      "  y = self.look(torch.relu(self.na(self.a(x))))\n  y = torch.relu(self.nb(self.b(y)))\n  return self.fc(y.mean([2, 3]))\n");
  return model;
}

TEST(CodeEdits, AWidthThatOnlyACheckKnowsIsWritten) {
  for (const std::string check : {"  assert x.size(1) == 8\n", "  if x.shape[1] != 8:\n    assert False, \"wrong\"\n",
                                  "  n, c, h, w = x.shape\n  assert 8 >= c and 8 <= c\n", "  assert x.size(-3) == 8 and x.size(0) < 8\n"}) {
    const auto result = cut(checked_widths(check + "  return x\n"), {{"na", {1, 6}}});
    ASSERT_EQ(problem_of(result), "") << check;
    EXPECT_LT(result.difference, kTolerance) << check;
    EXPECT_GE(result.edits.arguments.size(), 1U) << check;
    EXPECT_EQ(result.edits.arguments[0].after, 6) << check;
  }
}

TEST(CodeEdits, ACheckThatIsHeldAgainstTwoWidthsIsRefused) {
  ScriptModel model;
  model.conv("a", 3, 8).norm("na", 8).conv("b", 8, 8).norm("nb", 8).conv("c", 8, 2);
  model.custom("look", {}, "  assert x.size(1) == 8\n  return x\n");
  model.forward("  y = self.look(torch.relu(self.na(self.a(x))))\n  return self.c(self.look(torch.relu(self.nb(self.b(y)))))\n");
  const auto result = cut(model, {{"na", {1, 2, 6}}, {"nb", {0}}});
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].code, Code::kP0706);
  EXPECT_LT(cut(model, {{"na", {1, 2}}, {"nb", {0, 7}}}).difference, kTolerance);
}

TEST(CodeEdits, OneModuleForTwoWidthsIsRefused) {
  const ScriptModel model =
      two_blocks("  y = self.widen(torch.relu(self.na(self.a(x))))\n  return self.c(self.widen(torch.relu(self.nb(self.b(y)))))\n");
  const auto result = cut(model, {{"na", {1, 2, 6}}, {"nb", {0}}});
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].code, Code::kP0706);
  EXPECT_LT(cut(model, {{"na", {1, 2}}, {"nb", {0, 7}}}).difference, kTolerance);  // the same width in both runs
}

/// Between the masked model and the sliced one as it is read back.
double difference_after(Model& model, const ChannelGraph& graph, const std::vector<bool>& removed, const Edits& edits) {
  mask(model, plan_masks(graph, removed));
  const at::Tensor input = at::randn({2, 3, 6, 8});
  const at::Tensor expected = model.run(input)->front();
  const Diagnostics problems = model.apply(edits);
  EXPECT_TRUE(problems.empty()) << problems.front().message;
  const auto sliced = Model::read("sliced.pt", model.serialise());
  if (!sliced) return INFINITY;
  const auto actual = sliced->run_compiled(input);
  EXPECT_TRUE(actual) << actual.diagnostics.front().notes.front().text;
  return actual ? ((expected - actual->front()).abs().max() / expected.abs().max()).item<double>() : INFINITY;
}

/// Removes channels of a model whose shuffles are all selections.
double selected_difference(const ScriptModel& script, const Removal& removal, bool spoil = false) {
  Model model = script.read();
  ChannelGraph graph = propagate(*model.trace({1, 3, 8, 8}));
  EXPECT_FALSE(graph.shuffles.empty());
  graph = select_shuffles(graph, std::vector<bool>(graph.shuffles.size(), true));
  const std::vector<bool> removed = test::removed_by(graph, removal);
  Edits edits = *plan_edits(graph, removed);
  EXPECT_EQ(edits.selections.size(), graph.shuffles.size());
  if (spoil) std::swap(edits.selections[0].index.front(), edits.selections[0].index.back());
  return difference_after(model, graph, removed, edits);
}

const char* const kTwoShuffles =
    "  y = shuffle(torch.relu(self.na(self.a(x))), 2)\n"
    "  return self.c(shuffle(torch.relu(self.nb(self.b(y))), 4))\n";

TEST(CodeEdits, AShuffleBecomesASelectionOfAnyChannels) {
  const ScriptModel model = two_blocks(kTwoShuffles);
  EXPECT_LT(selected_difference(model, {{"na", {1, 2, 6}}, {"nb", {0}}}), kTolerance);
  EXPECT_LT(selected_difference(model, {{"nb", {0, 1, 2, 3, 4}}}), kTolerance);
  EXPECT_GT(selected_difference(model, {{"na", {1, 2, 6}}, {"nb", {0}}}, true), kTolerance);
}

TEST(CodeEdits, ASelectionNeedsNoEqualParts) {
  const ScriptModel model = two_blocks(
      "  y = torch.chunk(shuffle(torch.relu(self.na(self.a(x))), 2), 2, 1)\n"
      "  return self.c(torch.channel_shuffle(torch.cat([y[1], y[0]], 1), 4))\n");
  EXPECT_LT(selected_difference(model, {{"na", {1, 2, 6}}}), kTolerance);
}

TEST(CodeEdits, AShuffleThatStaysLosesTheSamePlacesOfEveryBlock) {
  const auto result = cut(two_blocks(kTwoShuffles), {{"na", {1}}, {"nb", {0}}});
  ASSERT_EQ(problem_of(result), "");
  EXPECT_EQ(result.sliced.tensor("na.weight").size(0), 6);
  EXPECT_EQ(result.sliced.tensor("nb.weight").size(0), 4);
  EXPECT_LT(result.difference, kTolerance);
}

/// Two norms that read the same concatenation, each by its own choice.
ScriptModel two_readers() {
  ScriptModel model;
  model.conv("a", 3, 4).norm("na", 4).conv("b", 4, 3).norm("nb", 3).norm("left", 7).norm("right", 7).conv("c", 7, 2).conv("d", 7, 2);
  model.forward(
      "  y = torch.relu(self.na(self.a(x)))\n  z = torch.cat([y, torch.relu(self.nb(self.b(y)))], 1)\n"
      "  return self.c(torch.relu(self.left(z))) + self.d(torch.relu(self.right(torch.max_pool2d(z, [3, 3], [1, 1], [1, 1]))))\n");
  return model;
}

double read_difference(const Removal& removal, bool spoil = false) {
  Model model = two_readers().read();
  ChannelGraph graph = propagate(*model.trace({1, 3, 8, 8}));
  EXPECT_EQ(graph.reads.size(), 2U);
  graph = select_reads(graph, {true, true});
  const std::vector<bool> removed = test::removed_by(graph, removal);
  Edits edits = *plan_edits(graph, removed);
  EXPECT_EQ(edits.inputs.size(), removal.size());
  if (spoil) edits.inputs[0].index.back() = edits.inputs[0].index.front();
  return difference_after(model, graph, removed, edits);
}

TEST(CodeEdits, ANormSelectsItsOwnChannelsOfAConcatenation) {
  EXPECT_LT(read_difference({{"left", {0, 5}}, {"right", {1, 2, 6}}}), kTolerance);
  EXPECT_LT(read_difference({{"right", {0, 1, 2, 3, 4, 5}}}), kTolerance);
  EXPECT_GT(read_difference({{"left", {0, 5}}, {"right", {1, 2, 6}}}, true), kTolerance);
}

}  // namespace
}  // namespace prunec

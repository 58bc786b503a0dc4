// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Paths that vanish: found in the trace, chosen by the solver, taken out of the model.

#include "runtime/solve/vanishing.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <gtest/gtest.h>

#include "runtime/slice/plan_edits.h"
#include "runtime/trace/propagate.h"
#include "runtime/verify/verify.h"
#include "tests/support/exact_cut.h"

namespace prunec {
namespace {

using test::cut;
using test::Removal;
using test::ScriptModel;

constexpr double kTolerance = 1e-5;
const Removal kWholeLeft{{"nb", {0, 1, 2}}, {"nc", {0, 1, 2, 3}}};
const Removal kWholeRight{{"nd", {0, 1, 2, 3}}};

/// Beside the stem's channels a path of two layers and one of a single layer, which end in a concatenation.
ScriptModel paths(const std::string& joined, ScriptModel model = {}) {
  model.conv("a", 3, 4).norm("na", 4).conv("b", 4, 3).norm("nb", 3).conv("c", 3, 4).norm("nc", 4).conv("d", 4, 4).norm("nd", 4);
  model.conv("e", 12, 2);
  model.forward(
      "  y = torch.relu(self.na(self.a(x)))\n  left = torch.relu(self.nc(self.c(torch.relu(self.nb(self.b(y))))))\n"
      "  right = torch.relu(self.nd(self.d(torch.max_pool2d(y, [3, 3], [1, 1], [1, 1]))))\n" +
      joined + "  return self.e(z)\n");
  return model;
}

const char* const kList = "  z = torch.cat([y, left, right], 1)\n";
const char* const kAppended =
    "  parts = [y]\n  parts.append(left)\n  parts.append(torch.avg_pool2d(right, [3, 3], [1, 1], [1, 1]))\n  z = torch.cat(parts, 1)\n";

std::vector<std::string> described(const std::vector<Branch>& branches) {
  std::vector<std::string> texts;
  for (const Branch& branch : branches) {
    std::string text = branch.path + " of " + std::to_string(branch.outputs.size()) + " to";
    for (const std::string& next : branch.next) text += " " + next;
    texts.push_back(branch.next.empty() ? text + " cat" : text);
  }
  return texts;
}

std::vector<std::string> branches_in(const ScriptModel& model) {
  return described(propagate(*model.read().trace({1, 3, 8, 8})).branches);
}

TEST(Vanishing, FindsTheModulesThatOnlyAConcatenationReads) {
  const std::vector<std::string> expected{"b of 3 to nb",   "nb of 3 to c", "c of 4 to nc",
                                          "nc of 4 to cat", "d of 4 to nd", "nd of 4 to cat"};
  EXPECT_EQ(branches_in(paths(kList)), expected);
  EXPECT_EQ(branches_in(paths(kAppended)), expected);
}

TEST(Vanishing, AModuleThatSomethingElseReadsToo) {
  const std::vector<std::string> right{"d of 4 to nd", "nd of 4 to cat"};
  EXPECT_EQ(branches_in(paths("  left = left + y\n  z = torch.cat([y, left, right], 1)\n")), right);
  EXPECT_EQ(branches_in(paths("  z = torch.cat([y, left, right], 1) * left.mean()\n")), right);
  EXPECT_EQ(branches_in(paths("  z = torch.cat([torch.cat([y, left], 3), torch.cat([y, left], 3), torch.cat([right, right], 3)], 1)\n")),
            std::vector<std::string>{});
}

/// A path that goes on to two others, whose concatenation is one part of the next.
const char* const kFork =
    "  one = torch.relu(self.nf(self.f(right)))\n  two = torch.relu(self.ng(self.g(right)))\n"
    "  z = torch.cat([y, left, torch.cat([one, two], 1)], 1)\n";

ScriptModel forked() {
  ScriptModel model;
  return paths(kFork, model.conv("f", 4, 1).norm("nf", 1).conv("g", 4, 3).norm("ng", 3));
}

TEST(Vanishing, AForkGoesWithAllOfItsPaths) {
  const std::vector<std::string> found = branches_in(forked());
  EXPECT_NE(std::find(found.begin(), found.end(), "nd of 4 to f g"), found.end());
  const auto all = cut(forked(), {{"nd", {0, 1, 2, 3}}, {"nf", {0}}, {"ng", {0, 1, 2}}});
  ASSERT_TRUE(all.problems.empty()) << all.problems.front().message;
  EXPECT_LT(all.difference, kTolerance);
  EXPECT_EQ(all.edits.modules.size(), 6U);
  const auto one = cut(forked(), {{"ng", {0, 1, 2}}, {"nd", {1}}});
  ASSERT_TRUE(one.problems.empty()) << one.problems.front().message;
  EXPECT_LT(one.difference, kTolerance);
}

TEST(Vanishing, WholePathsGo) {
  for (const char* joined : {kList, kAppended}) {
    const ScriptModel model = paths(joined);
    const auto left = cut(model, kWholeLeft);
    ASSERT_TRUE(left.problems.empty()) << left.problems.front().message;
    EXPECT_EQ(left.edits.modules, (std::vector<std::string>{"b", "nb", "c", "nc"}));
    EXPECT_LT(left.difference, kTolerance);
    EXPECT_EQ(left.sliced.modules(), (std::vector<std::string>{"", "a", "na", "d", "nd", "e"}));
    const auto right = cut(model, kWholeRight);
    ASSERT_TRUE(right.problems.empty()) << right.problems.front().message;
    EXPECT_LT(right.difference, kTolerance);
    const auto both = cut(model, {{"nb", {0, 1, 2}}, {"nc", {0, 1, 2, 3}}, {"nd", {0, 1, 2, 3}}, {"na", {2}}});
    ASSERT_TRUE(both.problems.empty()) << both.problems.front().message;
    EXPECT_LT(both.difference, kTolerance);
    EXPECT_EQ(both.sliced.modules(), (std::vector<std::string>{"", "a", "na", "e"}));
  }
}

TEST(Vanishing, ThePathBesideItWouldBeNoticed) {
  Model model = paths(kList).read();
  const ChannelGraph graph = propagate(*model.trace({1, 3, 8, 8}));
  const std::vector<bool> removed = test::removed_by(graph, kWholeRight);
  const Edits wrong = *plan_edits(graph, test::removed_by(graph, kWholeLeft));
  mask(model, plan_masks(graph, removed));
  const auto expectation = expect(model, {1, 3, 8, 8});
  ASSERT_TRUE(expectation);
  ASSERT_TRUE(model.apply(wrong).empty());
  const auto verification = verify(model, *expectation, kTolerance);
  EXPECT_TRUE(!verification || !verification->passed);
}

TEST(Vanishing, WhereTheCodeDoesOtherThingsWithTheResult) {
  const std::string counted = "  parts = [y, left, right]\n  z = torch.cat(parts, 1) * float(len(parts))\n";
  EXPECT_EQ(branches_in(paths(counted)).size(), 0U);
  Edits edits;
  edits.modules = {"d", "nd"};
  const auto refused = [&](const std::string& joined) { return paths(joined).read().apply(edits); };
  const Diagnostics list = refused(counted),
                    loop = refused("  while bool(right.sum() > 1e9):\n    right = right * 0.5\n" + std::string(kList));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].code, Code::kP0704);
  EXPECT_EQ(list[0].notes[0].text, "its result is put into a list that is not only concatenated");
  ASSERT_EQ(loop.size(), 1U);
  EXPECT_EQ(loop[0].notes[0].text, "its result is used by `prim::Loop`");
}

TEST(Vanishing, ALayerThatWouldReadNothing) {
  ScriptModel model;
  model.conv("a", 3, 4).norm("na", 4).conv("b", 3, 2).norm("nb", 2).conv("e", 6, 2);
  model.forward("  return self.e(torch.cat([torch.relu(self.na(self.a(x))), torch.relu(self.nb(self.b(x)))], 1))\n");
  const auto result = cut(model, {{"na", {0, 1, 2, 3}}, {"nb", {0, 1}}});
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].code, Code::kP0706);
  EXPECT_EQ(result.problems[0].message, "`e.weight` would keep nothing along axis 1");
}

TEST(Vanishing, APathGoesWhenAllOfItsSetsAreToGo) {
  BoundPlan bound;
  bound.sets.resize(5);
  bound.paths = {{{"p"}, {0, 1}}, {{"q"}, {2}}, {{"r"}, {3}}};
  bound.alternatives = {{1, 2}};
  const std::vector<double> best{0.1, 0.2, 0.4, 0.3, 0.5};
  const auto sets = [&](const std::vector<std::size_t>& kept) {
    return vanishing_sets(bound, kept, [&](std::size_t s) { return best[s]; });
  };
  EXPECT_EQ(sets({0, 0, 1, 1, 0}), (std::vector<bool>{true, true, false, false, false}));
  EXPECT_EQ(sets({0, 1, 1, 0, 0}), (std::vector<bool>{false, false, false, true, false}));
  EXPECT_EQ(sets({1, 1, 0, 0, 1}), (std::vector<bool>{false, false, false, true, false})) << "of q and r the better one stays";
  bound.alternatives.clear();
  bound.paths[0].readers = {1, 2};
  EXPECT_EQ(sets({0, 0, 0, 0, 1}), (std::vector<bool>{true, true, true, true, false})) << "p with all that read it";
  EXPECT_EQ(sets({0, 0, 0, 1, 1}), (std::vector<bool>{false, false, true, false, false})) << "r reads p";
  EXPECT_EQ(sets({1, 0, 0, 0, 1}), (std::vector<bool>{false, false, false, true, false})) << "something reads p";
}

}  // namespace
}  // namespace prunec

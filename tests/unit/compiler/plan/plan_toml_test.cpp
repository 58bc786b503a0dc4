// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/plan_toml.h"

#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck.h>

namespace prunec {
namespace {

PathPattern pattern(std::string_view text) {
  return std::get<PathPattern>(parse_pattern(text));
}

Outcome<ConstraintPlan> read(const std::string& text) {
  return read_plan(std::make_shared<const SourceFile>("x.plan.toml", text));
}

ConstraintPlan every_statement() {
  const auto at = [](std::size_t line) { return Origin{"a folder: \"x\"/net.prune", line, 3, 12}; };
  ConstraintPlan plan{"net", "a folder: \"x\"/net.prune", "0123", "all", "a \"text\" with \\ and \t", {}, {}, {}};
  plan.sites.push_back(
      {"bn1", {pattern("layer{stage=2..}.{block=0|1}.bn1"), pattern("x.**.y*")}, {{"stage", "1"}, {"kind", "stem"}}, at(4)});
  const SiteUse named{"bn1", {}, {{"stage", NumberRange{1, 3}}, {"block", OneOf{{"0", "x"}}}}, at(5)};
  const SiteUse path{"layer4.*.bn", {pattern("layer4.*.bn")}, {}, at(6)};
  plan.layouts.push_back({"timm", plan.sites, at(30)});
  plan.statements = {Prune{{named, path}, at(7)},
                     Skip{{path}, at(8)},
                     SkipEnd{End::kFirst, 3, {}, at(9)},
                     SkipEnd{End::kLast, 1, {named}, at(10)},
                     Tie{{named}, {"stage", "block"}, Policy::kQuota, {path}, true, at(11)},
                     Divisible{32, Rounding::kNearest, {named}, at(12)},
                     Ratio{0.1 + 0.2, true, at(13)},
                     TieFromGraph{Policy::kAny, at(15)},
                     ConcatPropagate{{named}, Policy::kAll, {path}, at(16)},
                     ConcatSelect{{path}, at(17)},
                     Groups{GroupRule::kDrop, {named}, at(18)},
                     Shuffles{ShuffleRule::kSelect, at(19)},
                     KeepAtLeast{std::size_t{16}, {named}, at(20)},
                     KeepAtLeast{0.25, {}, at(21)},
                     RemoveAtMost{0.5, {path}, at(22)},
                     Budget{Resource::kLatency, 0.5, at(23)},
                     Rank{RankScope::kPerLabel, "stage", at(24)},
                     Score{ScoreKind::kWeightL2, Normalisation::kMean, at(25)},
                     Threshold{1e-300, at(14)},
                     Threshold{0, at(15)}};
  return plan;
}

TEST(PlanToml, ReadsBackTheSameValue) {
  const ConstraintPlan plan = every_statement();
  const auto again = read(write_plan(plan));
  ASSERT_TRUE(again) << (again.diagnostics.empty() ? "" : again.diagnostics[0].message) << write_plan(plan);
  EXPECT_EQ(*again, plan);
}

TEST(PlanToml, NumbersSurvive) {
  rc::check("any amount reads back exactly", [] {
    const double value = *rc::gen::positive<double>();
    ConstraintPlan plan{"net", "r", "0", "all", "", {}, {}, {Threshold{value, {"r", 1, 1, 1}}}};
    RC_ASSERT(read(write_plan(plan)).value == plan);
  });
}

TEST(PlanToml, TextsSurvive) {
  rc::check("any text reads back exactly", [] {
    const std::string text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
    ConstraintPlan plan{"net", "r", "0", "all", text, {}, {}, {}};
    RC_ASSERT(read(write_plan(plan)).value == plan);
  });
}

TEST(PlanToml, ACutPlanIsRefusedOrSmallerButNeverACrash) {
  const std::string text = write_plan(every_statement());
  for (std::size_t length = 0; length < text.size(); ++length) {
    const auto cut = read(text.substr(0, length));
    EXPECT_NE(cut.value.has_value(), has_error(cut.diagnostics)) << length;
  }
}

TEST(PlanToml, KnowsPlans) {
  EXPECT_TRUE(looks_like_plan(write_plan(every_statement())));
  EXPECT_TRUE(looks_like_plan("plan = 7\n"));
  EXPECT_FALSE(looks_like_plan(""));
  EXPECT_FALSE(looks_like_plan("# a comment without end"));
  EXPECT_FALSE(looks_like_plan("[compile]\nplan = \"x\"\n"));
}

}  // namespace
}  // namespace prunec

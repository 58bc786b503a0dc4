// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/lower.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "compiler/plan/plan_toml.h"
#include "compiler/source/sha256.h"

namespace prunec {
namespace {

const std::string kRules =
    "prunec 1\narchitecture net\n"
    "site stem = bn1 where stage = 1\nsite bn1 = layer{stage}.bn1\nsite bn2 = layer{stage}.bn2\n"
    "strategy base \"b\" {\n  prune bn1\n  ratio 40%\n}\n"
    "strategy all extends base {\n  prune bn2[stage=2..],\n        head.bn\n  tie bn2 across stage carrying stem\n  threshold 0.5\n}\n";

CheckedRules rules(const std::string& text = kRules) {
  auto checked = parse_and_check(std::make_shared<const SourceFile>("dir/net.prune", text));
  EXPECT_TRUE(checked);
  return std::move(*checked);
}

TEST(Lower, PutsTheAncestorsFirstAndReplacesTheirAmount) {
  const ConstraintPlan plan = lower(rules(), "all");
  EXPECT_EQ(plan.architecture, "net");
  EXPECT_EQ(plan.rules_path, "dir/net.prune");
  EXPECT_EQ(plan.rules_sha256, sha256_hex(kRules));
  EXPECT_EQ(plan.strategy, "all");
  EXPECT_EQ(plan.description, "");
  ASSERT_EQ(plan.statements.size(), 4u);
  EXPECT_EQ(std::get<Prune>(plan.statements[0]).sites.at(0).name, "bn1");
  const auto& prune = std::get<Prune>(plan.statements[1]);
  EXPECT_EQ(prune.sites.at(0).filters.at(0), (LabelFilter{"stage", NumberRange{2, std::nullopt}}));
  EXPECT_EQ(prune.sites.at(1).pattern.size(), 1u);
  EXPECT_EQ(std::get<Tie>(plan.statements[2]).policy, Policy::kMean);
  EXPECT_EQ(std::get<Threshold>(plan.statements[3]).value, 0.5);
}

TEST(Lower, OriginsEndWithTheirLine) {
  const ConstraintPlan plan = lower(rules(), "all");
  EXPECT_EQ(origin_of(plan.statements[1]), (Origin{"dir/net.prune", 11, 3, 21}));
  EXPECT_EQ(std::get<Prune>(plan.statements[1]).sites[1].origin, (Origin{"dir/net.prune", 12, 9, 7}));
}

TEST(Lower, TakesTheSitesThatAreUsed) {
  const auto names = [](const ConstraintPlan& plan) {
    std::string joined;
    for (const Site& site : plan.sites) joined += site.name + " ";
    return joined;
  };
  EXPECT_EQ(names(lower(rules(), "base")), "bn1 ");
  EXPECT_EQ(names(lower(rules(), "all")), "stem bn1 bn2 ");
  EXPECT_EQ(lower(rules(), "all").sites[0].labels, (Labels{{"stage", "1"}}));
}

TEST(Lower, TheResultSurvivesItsFile) {
  for (const std::string_view name : {"base", "all"}) {
    const ConstraintPlan plan = lower(rules(), name);
    EXPECT_EQ(read_plan(std::make_shared<const SourceFile>("p", write_plan(plan))).value, plan);
  }
}

TEST(Check, TheDefaultStrategyIsTheFirstUnlessDeclared) {
  const CheckedRules checked = rules();
  EXPECT_EQ(checked.default_strategy, "base");
  EXPECT_EQ(rules(kRules + "default strategy all\n").default_strategy, "all");
  EXPECT_EQ(lineage({&checked, "", {}}, "all").size(), 2u);
}

}  // namespace
}  // namespace prunec

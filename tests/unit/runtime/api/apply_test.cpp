// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/apply.h"

#include <ATen/ATen.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "compiler/source/file_io.h"
#include "runtime/model/model.h"
#include "tests/support/rules.h"
#include "tests/support/script_model.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

class Apply : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("prunec-" + std::to_string(getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    request_.model = (folder_ / "model.pt").string();
    request_.output = (folder_ / "model.pruned.pt").string();
    request_.report = (folder_ / "model.pruned.json").string();
    request_.input = {1, 3, 16, 16};
    request_.amount = Ratio{0.4, false, {}};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write_model(const test::ScriptModel& model) { std::ofstream(request_.model, std::ios::binary) << model.bytes(); }

  /// Runs into an error: one diagnostic of that code, no output.
  void expect_refused(Code code) {
    const auto result = run_apply(request_);
    ASSERT_FALSE(result);
    ASSERT_EQ(result.diagnostics.size(), 1U) << result.diagnostics.back().message;
    EXPECT_EQ(result.diagnostics.front().code, code) << result.diagnostics.front().message;
    EXPECT_FALSE(result.diagnostics.front().help.empty());
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), fs::exists(request_.model) ? 1 : 0);
  }

  fs::path folder_;
  ApplyRequest request_;
};

const char* const kResidual =
    "site stem = bn\nsite inner = bn{n=1|3}\nsite outer = bn{n=2|4}\n"
    "strategy s { prune inner, outer\n tie outer carrying stem }\n";

TEST_F(Apply, PrunesAResidualNetwork) {
  write_model(test::residual_network(16));
  request_.plan = test::plan_of(kResidual);
  const auto result = run_apply(request_);
  ASSERT_TRUE(result) << result.diagnostics.front().message;
  const Report& report = result->report;
  EXPECT_TRUE(report.verification.passed);
  EXPECT_LT(report.parameters.after, report.parameters.before);
  ASSERT_EQ(report.channels.size(), 5U);
  EXPECT_EQ(report.channels[0].role, SiteRole::kCarried);
  EXPECT_EQ(report.channels[0].kept, report.channels[2].kept);
  EXPECT_EQ(report.channels[0].kept, report.channels[4].kept);
  EXPECT_NE(report.channels[1].kept, report.channels[3].kept);
  const auto bytes = std::get<std::string>(read_file(request_.output));
  const auto pruned = Model::read(request_.output, bytes);
  ASSERT_TRUE(pruned);
  EXPECT_EQ(pruned->tensor("fc.weight").size(1), report.channels[4].after);
}

TEST_F(Apply, PrunesWhatItPrunedBefore) {
  write_model(test::residual_network(16));
  request_.plan = test::plan_of(kResidual);
  ASSERT_TRUE(run_apply(request_));
  request_.model = request_.output;
  request_.output += ".again";
  request_.report += ".again";
  const auto again = run_apply(request_);
  ASSERT_TRUE(again);
  EXPECT_LT(again->report.parameters.after, again->report.parameters.before);
}

TEST_F(Apply, SameInputsSameBytes) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  ASSERT_TRUE(run_apply(request_));
  const auto first_model = read_file(request_.output);
  const auto first_report = read_file(request_.report);
  request_.force = true;
  ASSERT_TRUE(run_apply(request_));
  EXPECT_EQ(std::get<std::string>(first_model), std::get<std::string>(read_file(request_.output)));
  EXPECT_EQ(std::get<std::string>(first_report), std::get<std::string>(read_file(request_.report)));
}

TEST_F(Apply, ADryRunWritesNothing) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.dry_run = true;
  const auto result = run_apply(request_);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->report.output_path.empty());
  EXPECT_FALSE(fs::exists(request_.output));
  EXPECT_FALSE(fs::exists(request_.report));
}

TEST_F(Apply, WithoutTheProofTheReportSaysSo) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.verify = false;
  const auto result = run_apply(request_);
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->report.verification.performed);
  EXPECT_FALSE(result->report.verification.passed);
}

TEST_F(Apply, PrunesDepthwiseLayersOfOneClassApart) {
  test::ScriptModel model;
  model.conv("a", 3, 12).norm("na", 12).conv("d", 12, 12, 3, 12).norm("nd", 12).conv("b", 12, 8, 1).norm("nb", 8);
  model.conv("a2", 8, 12).norm("na2", 12).another("d2", "d").norm("nd2", 12).linear("fc", 12, 3);
  model.forward(
      "  x = torch.relu(self.nb(self.b(torch.relu(self.nd(self.d(torch.relu(self.na(self.a(x)))))))))\n"
      "  x = torch.relu(self.nd2(self.d2(torch.relu(self.na2(self.a2(x))))))\n"
      "  return self.fc(torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1))\n");
  write_model(model);
  request_.plan =
      test::plan_of("site first = na, nd\nsite second = na2, nd2\nstrategy s { prune first, second\n tie first\n tie second by max }\n");
  const auto result = run_apply(request_);
  ASSERT_TRUE(result) << result.diagnostics.front().message;
  ASSERT_EQ(result->report.attributes.size(), 2U);
  EXPECT_NE(result->report.attributes[0].after, result->report.attributes[1].after);
  EXPECT_EQ(result->report.attributes[0].after, result->report.channels[0].after);
}

TEST_F(Apply, ADifferenceAboveTheToleranceWritesNothing) {
  write_model(test::residual_network(16));
  request_.plan = test::plan_of(kResidual);
  request_.tolerance = -1;  // below any difference, none included
  expect_refused(Code::kP0701);
}

TEST_F(Apply, RefusesScalesThatAreNotNumbers) {
  test::ScriptModel model = test::residual_network(8);
  {
    const at::NoGradGuard no_gradients;
    model.module().attr("bn1").toModule().attr("weight").toTensor()[3] = NAN;
  }
  write_model(model);
  request_.plan = test::plan_of(kResidual);
  expect_refused(Code::kP0601);
}

TEST_F(Apply, RefusesAStrategyThatLeavesNothing) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of("site inner = bn1\nstrategy s { prune inner\n skip first 1 of inner }\n");
  expect_refused(Code::kP0603);
}

TEST_F(Apply, RefusesAnInputThatDoesNotFit) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.input = {1, 4, 16, 16};
  expect_refused(Code::kP0504);
}

TEST_F(Apply, RefusesAMissingModel) {
  request_.plan = test::plan_of(kResidual);
  expect_refused(Code::kP0854);
}

TEST_F(Apply, RefusesAnUnknownDevice) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.device = "cuda:99";
  expect_refused(Code::kP0853);
}

TEST_F(Apply, NeverReplacesItsInputOrAnExistingFile) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  const std::string output = request_.output;
  request_.output = request_.model;
  request_.force = true;
  expect_refused(Code::kP0855);
  request_.force = false;
  request_.output = output;
  std::ofstream(output) << "mine";
  const auto result = run_apply(request_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics.front().code, Code::kP0851);
  EXPECT_EQ(std::get<std::string>(read_file(output)), "mine");
}

TEST_F(Apply, AnOutputThatCannotBeWrittenLeavesNothing) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.report = (folder_ / "no" / "such" / "folder.json").string();
  expect_refused(Code::kP0852);
}

TEST_F(Apply, WhatWasThereSurvivesALaterFileThatCannotBeWritten) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.force = true;
  std::ofstream(request_.output) << "mine";
  request_.report = (folder_ / "reports").string();
  fs::create_directories(fs::path(request_.report) / "inside");
  const auto result = run_apply(request_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics.front().code, Code::kP0852);
  EXPECT_EQ(std::get<std::string>(read_file(request_.output)), "mine");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 3);
}

TEST_F(Apply, SaysWhenNothingIsBelowTheThreshold) {
  write_model(test::residual_network(8));
  request_.plan = test::plan_of(kResidual);
  request_.amount = Threshold{0, {}};
  const auto result = run_apply(request_);
  ASSERT_TRUE(result);
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics.front().code, Code::kP0602);
  EXPECT_EQ(result->report.parameters.after, result->report.parameters.before);
}

/// Two layers whose outputs are concatenated for a norm `all`; one of the two has a norm of its own, `first`.
test::ScriptModel concatenation() {
  test::ScriptModel model;
  model.conv("a", 3, 6).norm("first", 6).conv("b", 3, 4).norm("all", 10).conv("head", 10, 2);
  model.forward("  return self.head(torch.relu(self.all(torch.cat([torch.relu(self.first(self.a(x))), self.b(x)], 1))))\n");
  return model;
}

TEST_F(Apply, ANormKeepsThePartsThatThePlanLeavesAlone) {
  write_model(concatenation());
  request_.plan = test::plan_of("site part = first\nsite all = all\nstrategy s { prune part\n concat-propagate part carrying all }\n");
  request_.amount = Ratio{0.5, false, {}};
  const auto result = run_apply(request_);
  ASSERT_TRUE(result) << result.diagnostics.front().message;
  ASSERT_EQ(result->report.channels.size(), 2U);
  EXPECT_EQ(result->report.channels[0].after, 3);
  EXPECT_EQ(result->report.channels[1].after, 7);
  const auto pruned = Model::read(request_.output, std::get<std::string>(read_file(request_.output)));
  ASSERT_TRUE(pruned);
  EXPECT_EQ(pruned->tensor("all.weight").size(0), 7);
}

/// Eight channels, a convolution in four groups that makes twelve, a head.
test::ScriptModel in_groups() {
  test::ScriptModel model;
  model.conv("a", 3, 8).norm("na", 8).conv("g", 8, 12, 3, 4).norm("nb", 12).conv("head", 12, 2);
  model.forward("  return self.head(torch.relu(self.nb(self.g(torch.relu(self.na(self.a(x)))))))\n");
  return model;
}

TEST_F(Apply, GroupsStayEvenOrGoWhole) {
  write_model(in_groups());
  const std::string rules = "site n = {name}\nstrategy s { prune n\n";
  for (const std::string groups : {"", " groups keep\n", " groups drop\n tie n by min\n"}) {
    request_.plan = test::plan_of(rules + groups + " }\n");
    request_.amount = Ratio{0.6, false, {}};
    request_.force = true;
    const auto result = run_apply(request_);
    ASSERT_TRUE(result) << result.diagnostics.front().message;
    const Report& report = result->report;
    EXPECT_TRUE(report.verification.passed);
    EXPECT_LT(report.channels[1].after, 12);
    EXPECT_EQ(report.channels[1].after % (report.attributes.empty() ? 4 : 3), 0);
    EXPECT_EQ(report.attributes.empty(), groups.find("drop") == std::string::npos);
    EXPECT_EQ(report.decisions->sets.front().cells, report.attributes.empty() ? 4U : 1U);
  }
}

TEST_F(Apply, FiltersCanBeScoredInPlaceOfScales) {
  write_model(test::residual_network(16));
  std::vector<std::vector<std::int64_t>> kept;
  for (const std::string score :
       {"score gamma", "score weight l1", "score weight l2 normalized by max", "score gamma normalized by mean"}) {
    request_.plan = test::plan_of("site inner = bn{n=1|3}\nstrategy s { prune inner\n " + score + " }\n");
    request_.force = true;
    const auto result = run_apply(request_);
    ASSERT_TRUE(result) << score << ": " << result.diagnostics.front().message;
    kept.push_back(result->report.channels[0].kept);
  }
  EXPECT_NE(kept[0], kept[1]);
}

TEST_F(Apply, AnExactRatioRemovesEqualScales) {
  test::ScriptModel script = test::residual_network(8);
  for (const char* norm : {"bn1", "bn3"}) script.module().attr(norm).toModule().attr("weight").toTensor().detach().fill_(1);
  write_model(script);
  request_.plan = test::plan_of("site inner = bn{n=1|3}\nstrategy s { prune inner }\n");
  request_.amount = Ratio{0.25, false, {}};
  const auto strict = run_apply(request_);
  ASSERT_TRUE(strict);
  EXPECT_EQ(strict.diagnostics.front().code, Code::kP0602);
  request_.amount = Ratio{0.25, true, {}};
  request_.force = true;
  const auto exact = run_apply(request_);
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->report.channels[0].after, 4);
  EXPECT_EQ(exact->report.channels[1].after, 8);
}

TEST_F(Apply, SaysWhenEqualScalesAreSpared) {
  test::ScriptModel script = test::residual_network(8);
  at::Tensor scale = script.module().attr("bn1").toModule().attr("weight").toTensor().detach();
  scale.fill_(1);
  scale[3] = 0.5;
  write_model(script);
  request_.plan = test::plan_of("site inner = bn1\nstrategy s { prune inner }\n");
  request_.amount = Ratio{0.5, false, {}};
  const auto result = run_apply(request_);
  ASSERT_TRUE(result);
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics.front().code, Code::kP0605);
  EXPECT_EQ(result->report.channels[0].after, 7);
}

TEST_F(Apply, ATieThatIsMeantNeedsEqualWidths) {
  write_model(concatenation());
  request_.plan = test::plan_of("site first = first\nsite all = all\nstrategy s { prune first, all\n tie first, all even if unrelated }\n");
  expect_refused(Code::kP0512);
}

/// A network without any norm: two convolutions with biases and two linear layers.
test::ScriptModel without_norms() {
  test::ScriptModel model;
  model.conv("a", 3, 8, 3, 1, true).conv("b", 8, 10, 3, 1, true).linear("c", 10, 12).linear("d", 12, 4);
  model.forward(
      "  y = torch.relu(self.b(torch.relu(self.a(x))))\n"
      "  return self.d(torch.relu(self.c(torch.flatten(torch.adaptive_avg_pool2d(y, [1, 1]), 1))))\n");
  return model;
}

TEST_F(Apply, LayersWithoutANormArePrunedByTheirFilters) {
  write_model(without_norms());
  request_.plan = test::plan_of("site layer = {name=a|b|c}\nstrategy s { prune layer\n score weight l2 normalized by max }\n");
  const auto result = run_apply(request_);
  ASSERT_TRUE(result) << result.diagnostics.front().message;
  const Report& report = result->report;
  EXPECT_TRUE(report.verification.passed);
  ASSERT_EQ(report.channels.size(), 3U);
  for (const SiteReport& site : report.channels) EXPECT_LT(site.after, site.before) << site.path;
  EXPECT_EQ(report.channels[0].kind, "layer");
}

TEST_F(Apply, LayersWithoutANormHaveNoScale) {
  write_model(without_norms());
  request_.plan = test::plan_of("site layer = {name=a|b}\nstrategy s { prune layer }\n");
  const auto result = run_apply(request_);
  ASSERT_FALSE(result);
  ASSERT_EQ(result.diagnostics.size(), 2U);
  EXPECT_EQ(result.diagnostics[0].code, Code::kP0510);
  EXPECT_NE(result.diagnostics[0].help.find("`score weight l1`"), std::string::npos);
}

TEST_F(Apply, TheLayerThatMakesTheOutputIsNoSite) {
  write_model(without_norms());
  request_.plan = test::plan_of("site layer = d\nstrategy s { prune layer\n score weight l1 }\n");
  expect_refused(Code::kP0510);
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

TEST_F(CliTest, CompileThenApplyNeedsNothingElse) {
  write("net.prune", kRules);
  write("prunec.toml", "[apply]\nratio = 0.4\ninput = \"1x3x8x8\"\ndevice = \"cpu\"\ntolerance = 1e-3\n");
  ASSERT_EQ(prunec({"compile", "-s", "all"}).code, 0);
  const Result result = prunec({"apply", "dir/model.pt"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  ASSERT_EQ(runtime_.applied.size(), 1u);
  const ApplyRequest& request = runtime_.applied[0];
  EXPECT_EQ(request.model, "dir/model.pt");
  EXPECT_EQ(request.output, "dir/model.pruned.pt");
  EXPECT_EQ(request.report, "dir/model.pruned.json");
  EXPECT_EQ(request.plan.strategy, "all");
  EXPECT_EQ(std::get<Ratio>(request.amount.value()).fraction, 0.4);
  EXPECT_EQ(request.input, (std::vector<std::int64_t>{1, 3, 8, 8}));
  EXPECT_EQ(request.device, "cpu");
  EXPECT_EQ(request.tolerance, 1e-3);
  EXPECT_TRUE(request.verify);
  EXPECT_FALSE(request.force || request.dry_run);
  for (const char* part : {"parameters", "11,689,512", "-57.2%", "verified", "threshold", "took 0.750 s",
                           "wrote dir/model.pruned.pt and dir/model.pruned.json"}) {
    EXPECT_NE(result.out.find(part), std::string::npos) << part << "\n" << result.out;
  }
}

TEST_F(CliTest, SettingsMayGiveABudget) {
  write("net.prune", kRules);
  const auto budget = [&](const std::string& key, std::vector<std::string> more) {
    write("prunec.toml", "[apply]\n" + key + " = 0.5\n");
    more.insert(more.begin(), {"apply", "m.pt", "--rules", "net.prune"});
    EXPECT_EQ(prunec(more).code, 0);
    return runtime_.applied.back().amount.value();
  };
  for (const auto& [key, resource] :
       {std::pair{"macs", Resource::kMacs}, {"params", Resource::kParams}, {"channels", Resource::kChannels}}) {
    EXPECT_EQ(std::get<Budget>(budget(key, {})).resource, resource);
    EXPECT_EQ(std::get<Budget>(budget(key, {})).fraction, 0.5);
  }
  EXPECT_EQ(std::get<Ratio>(budget("macs", {"--ratio", "0.3"})).fraction, 0.3);
}

TEST_F(CliTest, FlagsGoBeforeSettings) {
  write("net.prune", kRules);
  write("prunec.toml", "[apply]\nratio = 0.4\ninput = \"1x3x8x8\"\noutput = \"x/settings.pt\"\nreport = \"settings.json\"\n");
  ASSERT_EQ(prunec({"apply", "m.pt", "--rules", "net.prune", "--strategy", "all", "--threshold", "0.5", "--input", "2x3", "--no-verify",
                    "--dry-run", "--force", "--device", "cuda:1", "--tolerance", "1e-2"})
                .code,
            0);
  const ApplyRequest& request = runtime_.applied.at(0);
  EXPECT_EQ(std::get<Threshold>(request.amount.value()).value, 0.5);
  EXPECT_EQ(request.input, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(request.output, "x/settings.pt");
  EXPECT_EQ(request.report, "settings.json");
  EXPECT_EQ(request.device, "cuda:1");
  EXPECT_EQ(request.tolerance, 1e-2);
  EXPECT_FALSE(request.verify);
  EXPECT_TRUE(request.dry_run && request.force);
}

TEST_F(CliTest, TheReportLiesBesideTheOutput) {
  write("net.prune", kRules);
  prunec({"apply", "m.pt", "--rules", "net.prune", "--ratio", "0.4", "-o", "out/small.pt"});
  EXPECT_EQ(runtime_.applied.at(0).report, "out/small.json");
  prunec({"apply", "m.model", "--rules", "net.prune", "--ratio", "0.4"});
  EXPECT_EQ(runtime_.applied.at(1).output, "m.model.pruned.pt");
}

TEST_F(CliTest, TheRulesMayHoldTheAmount) {
  write("net.prune", std::string(kRules) + "strategy some extends all { ratio 25% }\n");
  EXPECT_EQ(prunec({"apply", "m.pt", "--rules", "net.prune", "-s", "some"}).code, 0);
  EXPECT_FALSE(runtime_.applied.at(0).amount.has_value());
  const Result result = prunec({"apply", "m.pt", "--rules", "net.prune", "-s", "all"});
  expect_failure(result, ExitCode::kUsage, "P0808");
  EXPECT_NE(result.err.find("--ratio 0.4"), std::string::npos);
}

TEST_F(CliTest, BadValues) {
  write("net.prune", kRules);
  const auto apply = [&](const std::string& flag, const std::string& value) {
    return prunec({"apply", "m.pt", "--rules", "net.prune", flag == "--ratio" ? "-q" : "--ratio=0.4", flag + "=" + value});
  };
  for (const char* ratio : {"1", "1.5", "-0.1", "nan", "many", ""}) expect_failure(apply("--ratio", ratio), ExitCode::kUsage, "P0802");
  expect_failure(apply("--device", "abacus"), ExitCode::kUsage, "P0802");
  expect_failure(apply("--input", "1x3xbig"), ExitCode::kUsage, "P0802");
  expect_failure(apply("--tolerance", "0"), ExitCode::kUsage, "P0802");
  expect_failure(apply("--threshold", "0.1"), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"apply", "m.pt", "--rules", "net.prune", "--threshold", "-1"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"apply"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"apply", "m.pt", "--plan", "p.toml", "--rules", "net.prune"}), ExitCode::kUsage, "P0802");
  EXPECT_TRUE(runtime_.applied.empty());
}

TEST_F(CliTest, WhichPlan) {
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kUsage, "P0805");
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4", "--plan", "absent.plan.toml"}), ExitCode::kUsage, "P0803");
  write("a.prune", kRules);
  write("b.prune", kRules);
  prunec({"compile", "a.prune"});
  prunec({"compile", "b.prune"});
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kUsage, "P0804");
  EXPECT_EQ(prunec({"apply", "m.pt", "--ratio", "0.4", "--plan", "b.plan.toml"}).code, 0);
  write("prunec.toml", "[compile]\nrules = \"a.prune\"\n");
  EXPECT_EQ(prunec({"apply", "m.pt", "--ratio", "0.4"}).code, 0);
  EXPECT_EQ(runtime_.applied.at(1).plan.rules_path, "a.prune");
}

TEST_F(CliTest, DamagedPlans) {
  write("p.plan.toml", "plan = 999\n");
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kJudgedBad, "P0402");
  write("p.plan.toml", "plan = [\n");
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kJudgedBad, "P0401");
  write("p.plan.toml", "");
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kJudgedBad, "P0402");
}

TEST_F(CliTest, ChangedRulesAreWorthAWord) {
  write("net.prune", kRules);
  prunec({"compile"});
  write("net.prune", std::string(kRules) + "# more\n");
  const Result result = prunec({"apply", "m.pt", "--ratio", "0.4"});
  EXPECT_EQ(result.code, 0);
  EXPECT_NE(result.err.find("warning[P0405]"), std::string::npos);
  std::filesystem::remove("net.prune");
  EXPECT_EQ(prunec({"apply", "m.pt", "--ratio", "0.4"}).err, "");
}

TEST_F(CliTest, TheRuntimesMistakesShowTheRules) {
  write("net.prune", kRules);
  prunec({"compile", "-s", "all"});
  runtime_.answer = {{Code::kP0506, "channels are coupled", Origin{"net.prune", 7, 3, 9}}};
  const Result result = prunec({"apply", "m.pt", "--ratio", "0.4"});
  expect_failure(result, ExitCode::kJudgedBad, "P0506");
  EXPECT_NE(result.err.find("  7 |   prune bn2\n"), std::string::npos) << result.err;
  runtime_.answer = {{Code::kP0851, "the output exists", FilePlace{"m.pruned.pt"}}};
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kUsage, "P0851");
  runtime_is_there_ = false;
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.4"}), ExitCode::kUsage, "P0809");
}

TEST_F(CliTest, ReportsForPeopleAndPrograms) {
  write("net.prune", kRules);
  const std::vector<std::string> apply = {"apply", "m.pt", "--rules", "net.prune", "--ratio", "0.4"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), apply.begin(), apply.end());
    return prunec(more);
  };
  const Result json = with({"--format", "json", "--timings"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["schema"], 1);
  EXPECT_NE(json.err.find("slice"), std::string::npos);
  EXPECT_NE(with({"--timings"}).out.find("slice"), std::string::npos);
  EXPECT_EQ(with({"--quiet"}).out, "");
  EXPECT_TRUE(with({}).out.starts_with("layer1.bn1     64 -> 40     ####################............\n")) << with({}).out;
  const Result dry = with({"--dry-run"});
  EXPECT_NE(dry.out.find("layer1.bn1"), std::string::npos);
  EXPECT_NE(dry.out.find("layer1.conv1.weight  axis 0 keeps 3"), std::string::npos);
  EXPECT_NE(dry.out.find("nothing was written"), std::string::npos);
}

}  // namespace
}  // namespace prunec::cli

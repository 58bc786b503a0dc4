// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <csignal>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

TEST_F(CliTest, CompilesTheOnlyRuleFile) {
  write("net.prune", kRules);
  const Result result = prunec({"compile"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out, "wrote net.plan.toml: strategy `inner` of net.prune\n");
  EXPECT_EQ(names(), (std::vector<std::string>{"net.plan.toml", "net.prune"}));
  EXPECT_NE(read("net.plan.toml").find("strategy = \"inner\""), std::string::npos);
}

TEST_F(CliTest, CompilingTwiceGivesTheSameBytes) {
  write("net.prune", kRules);
  prunec({"compile", "net.prune", "-s", "all"});
  const std::string first = read("net.plan.toml");
  EXPECT_EQ(prunec({"compile", "net.prune", "--strategy=all"}).code, 0);
  EXPECT_EQ(read("net.plan.toml"), first);
}

TEST_F(CliTest, ThePlanLandsInTheWorkingFolderOrWhereItIsSaid) {
  write("rules/net.prune", kRules);
  EXPECT_EQ(prunec({"compile", "rules/net.prune"}).code, 0);
  EXPECT_TRUE(exists("net.plan.toml"));
  EXPECT_EQ(prunec({"compile", "rules/net.prune", "-o", "rules/other.toml"}).code, 0);
  EXPECT_TRUE(exists("rules/other.toml"));
  expect_failure(prunec({"compile", "rules/net.prune", "-o", "absent/other.toml"}), ExitCode::kUsage, "P0852");
}

TEST_F(CliTest, OnlyPlansAreReplaced) {
  write("net.prune", kRules);
  write("net.plan.toml", "dear to somebody\n");
  expect_failure(prunec({"compile"}), ExitCode::kUsage, "P0811");
  EXPECT_EQ(read("net.plan.toml"), "dear to somebody\n");
  expect_failure(prunec({"compile", "net.prune", "-o", "net.prune"}), ExitCode::kUsage, "P0811");
  EXPECT_EQ(read("net.prune"), kRules);
}

TEST_F(CliTest, MistakesInTheRulesWriteNothing) {
  write("net.prune", std::string(kRules) + "strategy more extends al { prune bn3 }\n");
  const Result result = prunec({"compile"});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("net.prune:10:23: error[P0202]"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("net.prune:10:34: error[P0201]"), std::string::npos) << result.err;
  EXPECT_EQ(names(), std::vector<std::string>{"net.prune"});
}

TEST_F(CliTest, WarningsDoNotStopAndQuietHidesThem) {
  write("net.prune", std::string(kRules) + "site bn3 = x.bn3\n");
  const Result loud = prunec({"compile"});
  EXPECT_EQ(loud.code, 0);
  EXPECT_NE(loud.err.find("warning[P0207]"), std::string::npos);
  const Result quiet = prunec({"compile", "--quiet"});
  EXPECT_EQ(quiet.code, 0);
  EXPECT_EQ(quiet.out + quiet.err, "");
}

TEST_F(CliTest, WhichRules) {
  expect_failure(prunec({"compile"}), ExitCode::kUsage, "P0805");
  expect_failure(prunec({"compile", "absent.prune"}), ExitCode::kUsage, "P0803");
  write("a.prune", kRules);
  write("b.prune", kRules);
  const Result several = prunec({"compile"});
  expect_failure(several, ExitCode::kUsage, "P0804");
  EXPECT_NE(several.err.find("`a.prune` and `b.prune`"), std::string::npos);
  expect_failure(prunec({"compile", "a.prune", "-s", "ineer"}), ExitCode::kUsage, "P0807");
  fs::create_directory(folder_ / "dir.prune");
  expect_failure(prunec({"compile", "dir.prune"}), ExitCode::kUsage, "P0803");
  write("none.prune", "prunec 1\narchitecture net\n");
  expect_failure(prunec({"compile", "none.prune"}), ExitCode::kUsage, "P0807");
}

TEST_F(CliTest, InstalledRules) {
  write("prefix/share/prunec/rules/resnet18.prune", kRules);
  EXPECT_EQ(prunec({"compile", "resnet18"}).code, 0);
  EXPECT_TRUE(exists("resnet18.plan.toml"));
  const Result unknown = prunec({"compile", "resnet19"});
  expect_failure(unknown, ExitCode::kUsage, "P0806");
  EXPECT_NE(unknown.err.find("did you mean `resnet18`?"), std::string::npos);
  write("mine/special.prune", kRules);
  variables_["PRUNEC_RULES_PATH"] = "absent::mine";
  EXPECT_EQ(prunec({"compile", "special"}).code, 0);
  expect_failure(prunec({"compile", "resnet18"}), ExitCode::kUsage, "P0806");
}

TEST_F(CliTest, SettingsGiveTheDefaults) {
  write("prunec.toml", "[compile]\nrules = \"rules/net.prune\"\nstrategy = \"all\"\nplan = \"out.plan.toml\"\n");
  write("rules/net.prune", kRules);
  EXPECT_EQ(prunec({"compile"}).out, "wrote out.plan.toml: strategy `all` of rules/net.prune\n");
  EXPECT_EQ(prunec({"compile", "-s", "inner"}).out, "wrote out.plan.toml: strategy `inner` of rules/net.prune\n");
  fs::create_directories(folder_ / "deep" / "down");
  fs::current_path(folder_ / "deep" / "down");
  EXPECT_EQ(prunec({"compile"}).out, "wrote ../../out.plan.toml: strategy `all` of ../../rules/net.prune\n");
}

TEST_F(CliTest, MistakesInTheSettings) {
  write("net.prune", kRules);
  for (const char* text : {"[compile]\nrule = \"net.prune\"\n", "[compil]\n", "[compile]\nrules = 5\n", "[apply]\nratio = 1.0\n",
                           "[apply]\nratio = 0.1\nthreshold = 0.1\n", "[compile\n", "[apply]\ntolerance = 0\n", "compile = 1\n"}) {
    write("prunec.toml", text);
    const Result result = prunec({"compile"});
    expect_failure(result, ExitCode::kUsage, "P0810");
    EXPECT_NE(result.err.find("prunec.toml:"), std::string::npos) << result.err;
  }
  write("prunec.toml", "[compile]\nstratgy = \"all\"\n");
  EXPECT_NE(prunec({"compile"}).err.find("did you mean `strategy`?"), std::string::npos);
}

TEST_F(CliTest, AFullDiskLeavesNothing) {
  write("net.prune", kRules);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  const rlimit small{16, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const Result result = prunec({"compile"});
  ::setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, old_handler);
  expect_failure(result, ExitCode::kUsage, "P0852");
  EXPECT_EQ(names(), std::vector<std::string>{"net.prune"});
}

TEST_F(CliTest, CheckSaysItsVerdictOnStderr) {
  write("net.prune", kRules);
  const Result good = prunec({"check"});
  EXPECT_EQ(good.code, 0);
  EXPECT_EQ(good.out, "");
  EXPECT_EQ(good.err, "no mistakes found\n");
  write("net.prune", "prunec 1\narchitecture net\nstrategy all { prune bn7 }\n");
  const Result bad = prunec({"check"});
  EXPECT_EQ(bad.code, 1);
  EXPECT_NE(bad.err.find("1 error, 0 warnings\n"), std::string::npos);
}

TEST_F(CliTest, CheckAnswersPrograms) {
  write("net.prune", "prunec 1\narchitecture net\nstrategy all { prune bn7 }\n");
  const Result json = prunec({"check", "--format", "json"});
  EXPECT_EQ(json.code, 1);
  EXPECT_EQ(json.err, "");
  EXPECT_EQ(nlohmann::json::parse(json.out)["diagnostics"].size(), 1u);
  const Result compact = prunec({"check", "--format=compact"});
  EXPECT_EQ(compact.err, "net.prune:3:22: error[P0201]: no site is named `bn7`\n");
  write("net.prune", kRules);
  EXPECT_TRUE(nlohmann::json::parse(prunec({"check", "--format", "json"}).out)["diagnostics"].empty());
}

TEST_F(CliTest, CheckHoldsEveryStrategyAgainstTheModel) {
  write("net.prune", kRules);
  EXPECT_EQ(prunec({"check", "net.prune", "--model", "m.pt", "--input", "1x3x8x8"}).code, 0);
  ASSERT_EQ(runtime_.checked.size(), 2u);
  EXPECT_EQ(runtime_.checked[1].plan.strategy, "all");
  EXPECT_EQ(runtime_.checked[1].input.size(), 4u);

  runtime_.answer = {{Code::kP0506, "channels are coupled", Origin{"net.prune", 7, 3, 9}}};
  const Result result = prunec({"check", "net.prune", "--model", "m.pt"});
  expect_failure(result, ExitCode::kJudgedBad, "P0506");
  EXPECT_NE(result.err.find("  7 |   prune bn2\n    |   ^^^^^^^^^\n"), std::string::npos) << result.err;

  runtime_is_there_ = false;
  expect_failure(prunec({"check", "net.prune", "--model", "m.pt"}), ExitCode::kUsage, "P0809");
}

TEST_F(CliTest, CompileWithAModelWritesOnlyWhatFits) {
  write("net.prune", kRules);
  runtime_.answer = {{Code::kP0506, "channels are coupled", Origin{"net.prune", 7, 3, 9}}};
  expect_failure(prunec({"compile", "--model", "m.pt"}), ExitCode::kJudgedBad, "P0506");
  EXPECT_FALSE(exists("net.plan.toml"));
  runtime_.answer = {};
  EXPECT_EQ(prunec({"compile", "--model", "m.pt"}).code, 0);
}

}  // namespace
}  // namespace prunec::cli

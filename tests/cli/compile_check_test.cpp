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
                           "[apply]\nratio = 0.1\nthreshold = 0.1\n", "[apply]\nmacs = 0.5\nparams = 0.5\n", "[apply]\nmacs = 0\n",
                           "[apply]\nlatency = 1.5\n", "[compile\n", "[apply]\ntolerance = 0\n", "compile = 1\n"}) {
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

TEST_F(CliTest, EmitPrintsAStageAndWritesNothing) {
  write("net.prune", kRules);
  const Result ast = prunec({"compile", "--emit", "ast"});
  EXPECT_TRUE(ast.out.starts_with("prunec 1\narchitecture net\nsite bn1\n")) << ast.out;
  EXPECT_NE(prunec({"compile", "--emit", "checked"}).out.find("site bn1: labels `stage`"), std::string::npos);
  EXPECT_NE(prunec({"compile", "--emit", "plan", "-s", "all"}).out.find("strategy = \"all\""), std::string::npos);
  expect_failure(prunec({"compile", "--emit", "tokens"}), ExitCode::kUsage, "P0802");
  EXPECT_EQ(names(), std::vector<std::string>{"net.prune"});
}

TEST_F(CliTest, ExplainPutsThePlanIntoWords) {
  write("net.prune",
        "prunec 1\narchitecture net\nsite a = layer{s}.a\nsite b = layer{s}.b\nstrategy all \"everything\" {\n  prune a, b, x.y\n  skip "
        "b[s=1..2]\n"
        "  skip first 3\n  tie a across s by quota carrying b[s=3|4|5]\n  divisible 8 of a\n  ratio 40%\n}\n");
  const Result result = prunec({"compile", "--explain"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out,
            "Strategy all for net: everything.\n"
            "net.prune:6:3: Channels of a, b and `x.y` may be removed.\n"
            "net.prune:7:3: Channels of b (where s is 1 to 2), and of what is tied to them, all stay.\n"
            "net.prune:8:3: The first 3 sites of everything that is pruned, in execution order, stay whole.\n"
            "net.prune:9:3: For each s, the members of a keep the same channels; each of the n voters in turn gives up its floor(smallest "
            "count / n) "
            "weakest channels; b (where s is 3, 4 or 5) follow without a vote.\n"
            "net.prune:10:3: The kept widths of a are multiples of 8, rounded up.\n"
            "net.prune:11:3: The threshold is the scale below which 40% of the pooled channels lie.\n");
  EXPECT_EQ(names(), std::vector<std::string>{"net.prune"});
}

TEST_F(CliTest, WarningsAreSwitched) {
  write("net.prune", "prunec 1\narchitecture net\nsite a = x\nstrategy all { prune b.c, b.c }\n");
  const auto codes = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> arguments = {"check", "net.prune", "--format", "compact"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const Result result = prunec(arguments);
    std::string found = std::to_string(result.code);
    for (std::size_t i = 0; (i = result.err.find("[P", i)) != std::string::npos; ++i)
      found += " " + result.err.substr(result.err.rfind(' ', i) + 1, i + 6 - result.err.rfind(' ', i));
    return found;
  };
  EXPECT_EQ(codes({}), "0 warning[P0207] warning[P0307]");
  EXPECT_EQ(codes({"-Wno-unused-site"}), "0 warning[P0307]");
  EXPECT_EQ(codes({"-Wno-unused-site", "-Wno-listed-twice"}), "0");
  EXPECT_EQ(codes({"-Werror"}), "1 error[P0207] error[P0307]");
  EXPECT_EQ(codes({"-Werror=unused-site"}), "1 error[P0207] warning[P0307]");
  EXPECT_EQ(codes({"-Werror", "-Wno-unused-site"}), "1 error[P0307]");
  expect_failure(prunec({"check", "net.prune", "-Wno-unused-sight"}), ExitCode::kUsage, "P0802");
  EXPECT_EQ(prunec({"compile", "-Werror"}).code, 1);
  EXPECT_FALSE(exists("net.plan.toml"));
}

TEST_F(CliTest, ErrorsAreLimited) {
  write("net.prune", "prunec 1\narchitecture net\nstrategy all { prune a, b, c }\n");
  const Result result = prunec({"check", "net.prune", "--error-limit", "1", "--format", "compact"});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.err, "net.prune:3:22: error[P0201]: no site is named `a`\nerror[P0113]: 2 more mistakes were left out\n");
  expect_failure(prunec({"check", "net.prune", "--error-limit", "few"}), ExitCode::kUsage, "P0802");
}

TEST_F(CliTest, FilesAreUsedFromTheWorkingFolder) {
  write("net.prune", kRules);
  write("whole.prune", "prunec 1\narchitecture whole\nuse \"net\" under body\nstrategy all extends net.all { skip first 1 }\n");
  const Result plan = prunec({"compile", "whole.prune", "--emit", "plan"});
  EXPECT_EQ(plan.code, 0) << plan.err;
  EXPECT_NE(plan.out.find("origin = \"net.prune:7:3\""), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("body.layer{stage}.bn1"), std::string::npos) << plan.out;
}

TEST_F(CliTest, FixesFollowOneAnother) {
  write("net.prune",
        "prunc 1\narchitecture net\nsite bn1: layer{stage}.bn1\nsite bn2 = \"layer{stage}.bn2\"\ndefault all\n"
        "strategy all \u201Cboth\u201D {  // the two\n  prune bn1 and bn2\n  skip frist 3;\n  skip bn1[stage=1,2]\n  keep at 16\n"
        "  concat\u2013select bn2\n  score gamma normalized max\n  ratio 0.4\n");
  const Result result = prunec({"check", "net.prune", "--fix"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(read("net.prune"),
            "prunec 1\narchitecture net\nsite bn1 = layer{stage}.bn1\nsite bn2 = layer{stage}.bn2\ndefault strategy all\n"
            "strategy all \"both\" {  # the two\n  prune bn1, bn2\n  skip first 3\n  skip bn1[stage=1|2]\n  keep at least 16\n"
            "  concat-select bn2\n  score gamma normalized by max\n  ratio 40%\n}\n");
}

TEST_F(CliTest, FixMakesCertainCorrections) {
  write("net.prune", "architecture net\nsite a = x\nstrategy all { prune a, a; }\n");
  const Result result = prunec({"check", "net.prune", "--fix"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(read("net.prune"), "prunec 1\narchitecture net\nsite a = x\nstrategy all { prune a }\n");
}

TEST_F(CliTest, Sarif) {
  write("net.prune", "prunec 1\narchitecture net\nstrategy all { prune bn7 }\n");
  const auto json = nlohmann::json::parse(prunec({"check", "--format", "sarif"}).out);
  EXPECT_EQ(json["version"], "2.1.0");
  const auto& result = json["runs"][0]["results"][0];
  EXPECT_EQ(result["ruleId"], "P0201");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 22);
  EXPECT_EQ(json["runs"][0]["tool"]["driver"]["rules"][0]["name"], "unknown-site");
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

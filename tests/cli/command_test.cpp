// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

TEST_F(CliTest, WithoutArgumentsTheHelpIsNoResult) {
  const Result result = prunec({});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("Usage: prunec COMMAND"), std::string::npos);
}

TEST_F(CliTest, HelpNamesEveryCommand) {
  const Result result = prunec({"--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
  for (const Command& command : commands()) EXPECT_NE(result.out.find(command.name), std::string::npos);
}

TEST_F(CliTest, EveryCommandHasHelpWithExamples) {
  for (const Command& command : commands()) {
    const Result result = prunec({command.name, "--help"});
    EXPECT_EQ(result.code, 0) << command.name;
    EXPECT_EQ(result.err, "");
    EXPECT_NE(result.out.find("Examples:\n  prunec " + std::string(command.name)), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("--format"), std::string::npos);
  }
}

TEST_F(CliTest, Version) {
  const Result result = prunec({"--version"});
  EXPECT_EQ(result.code, 0);
  EXPECT_TRUE(result.out.starts_with("prunec 0.")) << result.out;
}

TEST_F(CliTest, UnknownCommandsAndFlags) {
  const Result command = prunec({"aply", "model.pt"});
  expect_failure(command, ExitCode::kUsage, "P0813");
  EXPECT_NE(command.err.find("did you mean `apply`?"), std::string::npos);
  expect_failure(prunec({"--verison"}), ExitCode::kUsage, "P0801");
  for (const Command& known : commands()) {
    const Result flag = prunec({known.name, "--quite"});
    expect_failure(flag, ExitCode::kUsage, "P0801");
    EXPECT_NE(flag.err.find("did you mean `--quiet`"), std::string::npos) << flag.err;
  }
}

TEST_F(CliTest, FlagsThatDoNotExistAreUnknown) {
  for (const char* flag : {"--flops", "--memory"}) expect_failure(prunec({"apply", "m.pt", flag, "50%"}), ExitCode::kUsage, "P0801");
}

TEST_F(CliTest, BadArguments) {
  expect_failure(prunec({"apply", "m.pt", "--ratio"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"apply", "m.pt", "--ratio", "0.1", "--ratio", "0.2"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"apply", "m.pt", "second.pt"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"check", "--format", "xml"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"check", "--color", "sometimes"}), ExitCode::kUsage, "P0802");
}

TEST_F(CliTest, ExplainShowsThePage) {
  const Result by_code = prunec({"explain", "p0201"});
  EXPECT_EQ(by_code.code, 0);
  EXPECT_NE(by_code.out.find("## What to do"), std::string::npos);
  EXPECT_EQ(by_code.out, prunec({"explain", "unknown-site"}).out);
  EXPECT_NE(prunec({"explain"}).out.find("P0901"), std::string::npos);
  expect_failure(prunec({"explain", "P9999"}), ExitCode::kUsage, "P0812");
}

TEST_F(CliTest, ColourByTerminalAndWish) {
  write("net.prune", "prunec 1\n");
  const auto coloured = [&](const std::string& wish) {
    return prunec({"check", "net.prune", "--color", wish}).err.find('\033') != std::string::npos;
  };
  EXPECT_FALSE(coloured("auto"));
  EXPECT_TRUE(coloured("always"));
  terminal_ = true;
  EXPECT_TRUE(coloured("auto"));
  EXPECT_FALSE(coloured("never"));
  variables_["NO_COLOR"] = "1";
  EXPECT_FALSE(coloured("auto"));
  EXPECT_TRUE(coloured("always"));
}

}  // namespace
}  // namespace prunec::cli

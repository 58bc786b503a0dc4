// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

constexpr const char* kUgly = "prunec   1\narchitecture net\nstrategy all {prune a.b}\n";
constexpr const char* kNeat = "prunec 1\narchitecture net\n\nstrategy all { prune a.b }\n";

TEST_F(CliTest, FmtPrints) {
  write("net.prune", kUgly);
  const Result result = prunec({"fmt"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.out, "prunec 1\narchitecture net\nstrategy all { prune a.b }\n");
  EXPECT_EQ(read("net.prune"), kUgly);
}

TEST_F(CliTest, FmtChecksAndWrites) {
  write("ugly.prune", kUgly);
  write("neat.prune", kNeat);
  const Result check = prunec({"fmt", "--check", "neat.prune", "ugly.prune"});
  EXPECT_EQ(check.code, 1);
  EXPECT_EQ(check.out, "ugly.prune\n");
  EXPECT_EQ(check.err, "");
  const Result diff = prunec({"fmt", "--check", "--diff", "ugly.prune"});
  EXPECT_EQ(diff.code, 1);
  EXPECT_NE(diff.out.find("-prunec   1\n"), std::string::npos);
  EXPECT_EQ(prunec({"fmt", "--write", "neat.prune", "ugly.prune"}).code, 0);
  EXPECT_EQ(prunec({"fmt", "--check", "neat.prune", "ugly.prune"}).code, 0);
  EXPECT_EQ(read("neat.prune"), kNeat);
}

TEST_F(CliTest, FmtLeavesMistakesAlone) {
  write("bad.prune", "prunec 1\narchitecture net\nstrategy all { prun a.b }\n");
  const Result result = prunec({"fmt", "--write", "bad.prune"});
  expect_failure(result, ExitCode::kJudgedBad, "P0110");
  expect_failure(prunec({"fmt", "--write", "--check", "bad.prune"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"fmt", "absent.prune"}), ExitCode::kUsage, "P0803");
}

}  // namespace
}  // namespace prunec::cli

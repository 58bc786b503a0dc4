// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "runtime/report/json.h"
#include "tests/cli/cli_test.h"
#include "tests/support/decisions.h"

namespace prunec::cli {
namespace {

Report decided() {
  Report report;
  report.decisions = test::decisions();
  return report;
}

TEST_F(CliTest, WhyTakesTheInputsOfApply) {
  write("net.prune", kRules);
  runtime_.report = decided();
  const Result result =
      prunec({"why", "m.pt", "conv:2", "layer2", "--rules", "net.prune", "-s", "all", "--ratio", "0.4", "--input", "1x3x8x8"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const ApplyRequest& request = runtime_.decided.at(0);
  EXPECT_EQ(request.model, "m.pt");
  EXPECT_EQ(request.plan.strategy, "all");
  EXPECT_EQ(std::get<Ratio>(request.amount.value()).fraction, 0.4);
  EXPECT_EQ(request.input, (std::vector<std::int64_t>{1, 3, 8, 8}));
  EXPECT_TRUE(result.out.starts_with("`conv:2` is removed.\n  The same channel")) << result.out;
  EXPECT_NE(result.out.find("\n\n`layer2` holds 2 layers"), std::string::npos) << result.out;
  EXPECT_TRUE(runtime_.applied.empty());
}

TEST_F(CliTest, WhyReadsAReport) {
  write("r.json", report_json(decided()));
  runtime_is_there_ = false;
  const Result text = prunec({"why", "--report", "r.json", "layer2.bn:3"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_NE(text.out.find("given back"), std::string::npos);
  const auto json = nlohmann::json::parse(prunec({"why", "--report", "r.json", "layer2.bn:3", "--format", "json"}).out);
  EXPECT_EQ(json["answers"][0]["rounding"], "given back");
}

TEST_F(CliTest, WhyNotThat) {
  write("net.prune", kRules);
  write("r.json", report_json(decided()));
  write("old.json", report_json(Report{}));
  const auto why = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"why", "--report", "r.json"});
    return prunec(more);
  };
  expect_failure(why({"layer2.bm:1"}), ExitCode::kUsage, "P0817");
  expect_failure(why({"layer2.bn:4"}), ExitCode::kUsage, "P0818");
  expect_failure(why({"layer2.bn:x"}), ExitCode::kUsage, "P0818");
  expect_failure(why({"conv:1", "layer2.bm:1"}), ExitCode::kUsage, "P0817");
  expect_failure(why({}), ExitCode::kUsage, "P0802");
  expect_failure(why({"conv:1", "--ratio", "0.4"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"why"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"why", "m.pt"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"why", "--report", "absent.json", "conv"}), ExitCode::kUsage, "P0803");
  expect_failure(prunec({"why", "--report", "net.prune", "conv"}), ExitCode::kJudgedBad, "P0753");
  expect_failure(prunec({"why", "--report", "old.json", "conv"}), ExitCode::kJudgedBad, "P0754");
  expect_failure(prunec({"why", "m.pt", "conv", "--rules", "net.prune", "-s", "all"}), ExitCode::kUsage, "P0808");
  EXPECT_TRUE(runtime_.decided.empty());
  runtime_.answer = {{Code::kP0506, "channels are coupled", Origin{"net.prune", 7, 3, 9}}};
  const Result refused = prunec({"why", "m.pt", "conv", "--rules", "net.prune", "-s", "all", "--ratio", "0.4"});
  expect_failure(refused, ExitCode::kJudgedBad, "P0506");
  EXPECT_NE(refused.err.find("  7 |   prune bn2\n"), std::string::npos) << refused.err;
}

TEST_F(CliTest, VerifyPassesTheReportOn) {
  write("r.json", report_json(decided()));
  const Result result = prunec({"verify", "m.pt", "p.pt", "r.json", "--input", "4x3x8x8", "--tolerance", "1e-5"});
  EXPECT_EQ(result.code, 0) << result.err;
  const VerifyRequest& request = runtime_.verified.at(0);
  EXPECT_EQ(request.original, "m.pt");
  EXPECT_EQ(request.pruned, "p.pt");
  EXPECT_EQ(request.input, (std::vector<std::int64_t>{4, 3, 8, 8}));
  EXPECT_EQ(request.tolerance, 1e-5);
  EXPECT_EQ(request.report.decisions, test::decisions());
  EXPECT_EQ(result.out, "verified: max difference 1.0e-06, relative 2.0e-06 (tolerance 1e-05) on inputs 1x3x8x8\n");
  const auto json = nlohmann::json::parse(prunec({"verify", "m.pt", "p.pt", "r.json", "--format", "json"}).out);
  EXPECT_EQ(json["verification"]["passed"], true);
}

TEST_F(CliTest, VerifyFails) {
  write("r.json", report_json(decided()));
  expect_failure(prunec({"verify", "m.pt", "p.pt"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"verify", "m.pt", "p.pt", "absent.json"}), ExitCode::kUsage, "P0803");
  write("no.json", "{}");
  expect_failure(prunec({"verify", "m.pt", "p.pt", "no.json"}), ExitCode::kJudgedBad, "P0753");
  expect_failure(prunec({"verify", "m.pt", "p.pt", "r.json", "--tolerance", "0"}), ExitCode::kUsage, "P0802");
  EXPECT_TRUE(runtime_.verified.empty());
  runtime_.answer = {{Code::kP0701, "the sliced model differs"}};
  expect_failure(prunec({"verify", "m.pt", "p.pt", "r.json"}), ExitCode::kJudgedBad, "P0701");
}

}  // namespace
}  // namespace prunec::cli

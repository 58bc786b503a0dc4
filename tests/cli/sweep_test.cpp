// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

Sweep two_points() {
  Sweep sweep;
  sweep.model_path = "m.pt";
  sweep.architecture = "net";
  sweep.strategy = "all";
  sweep.resource = "macs";
  sweep.before = {96, 5000, 1'000'000, {}};
  sweep.layers = {"layer1.bn1", "odd,\"name\""};
  sweep.widths = {64, 32};
  sweep.points = {{0.5, 0.499, 0.9, 0.001, {60, 2500, 499'000, {}}, {40, 20}}, {0.25, 0.2498, 0.7, {}, {30, 1000, 249'800, {}}, {20, 10}}};
  return sweep;
}

TEST_F(CliTest, SweepAsksForAllBudgetsAtOnce) {
  write("net.prune", kRules);
  runtime_.curve = two_points();
  const Result result = prunec({"sweep", "m.pt", "--rules", "net.prune", "-s", "all", "--macs", "50%,0.25", "-o", "curve"});
  ASSERT_EQ(result.code, 0) << result.err;
  const SweepRequest& request = runtime_.swept.at(0);
  EXPECT_EQ(request.pruning.plan.strategy, "all");
  EXPECT_EQ(request.budgets, (std::vector<Budget>{{Resource::kMacs, 0.5, {}}, {Resource::kMacs, 0.25, {}}}));
  for (const char* part : {"     50%    49.90%       90.00%   0.10%          60         2,500           499,000\n", "  70.00%       -  ",
                           "wrote curve.csv, curve.json and curve.svg\n"}) {
    EXPECT_NE(result.out.find(part), std::string::npos) << part << "\n" << result.out;
  }
  EXPECT_EQ(read("curve.csv"),
            "asked,used,kept_score,gap,channels,parameters,macs,picoseconds,layer1.bn1,\"odd,\"\"name\"\"\"\n"
            "1,1,1,0,96,5000,1000000,,64,32\n0.5,0.499,0.9,0.001,60,2500,499000,,40,20\n0.25,0.2498,0.7,,30,1000,249800,,20,10\n");
  const auto json = nlohmann::json::parse(read("curve.json"));
  EXPECT_EQ(json["points"][1]["widths"][0], 20);
  EXPECT_EQ(json["original"]["usage"]["macs"], 1000000);
  const std::string svg = read("curve.svg");
  EXPECT_NE(svg.find("layer1.bn1: 40 of 64"), std::string::npos);
  EXPECT_EQ(svg.find("odd,\"name\" <"), std::string::npos);
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST_F(CliTest, WhoeverAsksForADeviceIsToldWhichOneServed) {
  write("net.prune", kRules);
  runtime_.curve = two_points();
  runtime_.curve.device = "cpu";
  const auto said = [&](std::vector<std::string> more) {
    std::vector<std::string> command{"sweep", "m.pt", "--rules", "net.prune", "-s", "all", "--macs", "50%", "-o", "curve", "--force"};
    command.insert(command.end(), more.begin(), more.end());
    return prunec(command).out;
  };
  const std::string fell_back = "scores computed on cpu, since there is no usable GPU\n";
  EXPECT_NE(said({"--device", "auto"}).find(fell_back), std::string::npos);
  EXPECT_NE(said({"--device", "cpu"}).find("scores computed on cpu\n"), std::string::npos);
  EXPECT_EQ(said({}).find("scores computed"), std::string::npos);
  write("prunec.toml", "[apply]\ndevice = \"auto\"\n");
  EXPECT_NE(said({}).find(fell_back), std::string::npos);
}

TEST_F(CliTest, SweepRefusesWhatItCannotDo) {
  write("net.prune", kRules);
  runtime_.curve = two_points();
  expect_failure(prunec({"sweep", "m.pt", "--rules", "net.prune"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"sweep", "m.pt", "--rules", "net.prune", "--macs", "50%", "--params", "50%"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"sweep", "m.pt", "--rules", "net.prune", "--macs", "50%,150%"}), ExitCode::kUsage, "P0802");
  write("curve.svg", "mine");
  expect_failure(prunec({"sweep", "m.pt", "--rules", "net.prune", "-o", "curve", "--macs", "50%"}), ExitCode::kUsage, "P0851");
  EXPECT_EQ(read("curve.svg"), "mine");
  EXPECT_TRUE(runtime_.swept.empty());
}

TEST_F(CliTest, ApplyTakesABudget) {
  write("net.prune", kRules);
  EXPECT_EQ(prunec({"apply", "m.pt", "--rules", "net.prune", "--macs", "50%"}).code, 0);
  EXPECT_EQ(std::get<Budget>(runtime_.applied.at(0).amount.value()), (Budget{Resource::kMacs, 0.5, {}}));
  EXPECT_EQ(prunec({"apply", "m.pt", "--rules", "net.prune", "--params", "1"}).code, 0);
  EXPECT_EQ(std::get<Budget>(runtime_.applied.at(1).amount.value()), (Budget{Resource::kParams, 1, {}}));
  expect_failure(prunec({"apply", "m.pt", "--rules", "net.prune", "--macs", "50%", "--ratio", "0.4"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"apply", "m.pt", "--rules", "net.prune", "--macs", "0%"}), ExitCode::kUsage, "P0802");
  write("t.json", "{}");
  expect_failure(prunec({"apply", "m.pt", "--rules", "net.prune", "--latency", "50%", "--latency-table", "t.json"}), ExitCode::kJudgedBad,
                 "P0553");
}

}  // namespace
}  // namespace prunec::cli

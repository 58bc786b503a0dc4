// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "compiler/cli/inspect_table.h"
#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

/// Two stages of two norms, each stage on one stream: what `kRules` speaks of.
Inspection two_stages() {
  Inspection found;
  found.facts = {"m.pt", "ab", "torchscript", {1, 3, 8, 8}, {"", "layer1", "layer1.bn1"}, {}};
  ChannelGraph& graph = found.facts.graph;
  for (const char* path : {"layer1.bn1", "layer1.bn2", "layer2.bn1", "layer2.bn2"}) {
    const auto first = static_cast<ChannelId>(graph.channel_count);
    graph.channel_count += 2;
    graph.norms.push_back({path, "batch_norm", std::string(path) + ".weight", std::string(path) + ".bias", {first, first + 1}});
  }
  graph.couplings = {{"added by `aten::add_`", "layer1", {{0, 2}, {1, 3}}}};
  found.layers = {{"layer1.conv1", "conv2d", 3, 64, 1728, 1769472}, {"layer1.bn1", "batch_norm", 64, 64, 128, 0}};
  found.norms = {{"layer1.bn1", 64, {0, 0.25, 0.5, 0.75, 1}, 0}, {"layer1.bn2", 64, {0.5, 0.5, 0.5, 0.5, 0.5}, 3}};
  found.sets = {
      {64, {"layer1.bn1", "layer1.bn2"}, {"layer1.conv1"}, {{"added by `aten::add_`", "layer1", 64}, {"multiplied", "gate", 1}}, "", ""},
      {2, {"layer2.bn1"}, {}, {}, "a channel reaches the model's output", "fc"}};
  found.pins = {{"reaches the model's output", "fc", 2}};
  found.unknown = {{"aten::fft", 3, 2}};
  found.parameters = 11689512;
  found.macs = 1769472;
  found.norm_channels = 4800;
  found.removable_channels = 2400;
  return found;
}

TEST_F(CliTest, InspectShowsTheModel) {
  runtime_.inspection = two_stages();
  const Result result = prunec({"inspect", "m.pt", "--input", "1x3x8x8"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(runtime_.inspected.at(0).model, "m.pt");
  EXPECT_EQ(runtime_.inspected.at(0).input, (std::vector<std::int64_t>{1, 3, 8, 8}));
  for (const char* part :
       {"m.pt: torchscript, 11,689,512 parameters, 1,769,472 MACs on an input of 1x3x8x8\n", "layer1.conv1  conv2d           3      64",
        "[--------========|========-------]", "3 scales not finite", "set 0: 64 channels of layer1.bn1, layer1.bn2; made by layer1.conv1\n",
        "    added by `aten::add_` at layer1\n", "    multiplied at gate (1 channel)\n",
        "    pinned: a channel reaches the model's output, at fc\n", "  2 channels at fc: each reaches the model's output\n",
        "  aten::fft, executed 3 times, pins 2 channels\n", "at most 2,400 of 4,800 norm channels could go (50.0%)"}) {
    EXPECT_NE(result.out.find(part), std::string::npos) << part << "\n" << result.out;
  }
}

TEST_F(CliTest, InspectHasNothingToPrune) {
  const Result result = prunec({"inspect", "m.pt"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("nothing can be pruned"), std::string::npos) << result.out;
}

TEST_F(CliTest, InspectAnswersInJson) {
  runtime_.inspection = two_stages();
  const auto json = nlohmann::json::parse(prunec({"inspect", "m.pt", "--format", "json"}).out);
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["sets"][0]["reasons"][0]["layer"], "layer1");
  EXPECT_EQ(json["prunable"]["of"], 4800);
  EXPECT_EQ(json["operations_without_a_rule"][0]["count"], 3);
}

TEST_F(CliTest, FactsStandForTheModel) {
  runtime_.inspection = two_stages();
  write("net.prune", kRules);
  EXPECT_EQ(prunec({"inspect", "m.pt", "--facts", "f.json"}).code, 0);
  const Result missing = prunec({"check", "net.prune", "--facts", "f.json"});
  EXPECT_EQ(missing.code, 1);
  EXPECT_NE(missing.err.find("error[P0506]"), std::string::npos) << missing.err;
  EXPECT_NE(missing.err.find("prune bn1"), std::string::npos) << "the rules' line is shown\n" << missing.err;
  runtime_is_there_ = false;
  EXPECT_EQ(prunec({"check", "net.prune", "--facts", "f.json"}).err, missing.err) << "no runtime is needed";
  EXPECT_TRUE(runtime_.checked.empty());
  EXPECT_EQ(prunec({"compile", "net.prune", "-s", "all", "--facts", "f.json"}).code, 1);
  EXPECT_FALSE(exists("net.plan.toml"));
}

TEST_F(CliTest, FactsAreNotWrittenOverAnything) {
  write("f.json", "mine");
  expect_failure(prunec({"inspect", "m.pt", "--facts", "f.json"}), ExitCode::kUsage, "P0851");
  EXPECT_EQ(read("f.json"), "mine");
  EXPECT_EQ(prunec({"inspect", "m.pt", "--facts", "f.json", "--force"}).code, 0);
  EXPECT_NE(read("f.json"), "mine");
  write("m.pt", "model");
  expect_failure(prunec({"inspect", "m.pt", "--facts", "m.pt", "--force"}), ExitCode::kUsage, "P0855");
  expect_failure(prunec({"inspect", "m.pt", "--facts", "absent/f.json"}), ExitCode::kUsage, "P0852");
  expect_failure(prunec({"inspect"}), ExitCode::kUsage, "P0802");
}

TEST_F(CliTest, BadFacts) {
  write("net.prune", kRules);
  const auto check = [&] { return prunec({"check", "net.prune", "--facts", "f.json", "-q"}); };
  expect_failure(check(), ExitCode::kUsage, "P0803");
  write("f.json", "no facts");
  expect_failure(check(), ExitCode::kJudgedBad, "P0551");
  write("f.json", "{\"facts\": 99}");
  expect_failure(check(), ExitCode::kJudgedBad, "P0552");
  expect_failure(prunec({"check", "net.prune", "--facts", "f.json", "--model", "m.pt"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"check", "net.prune", "--facts", "f.json", "--input", "1x3"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"compile", "net.prune", "--facts", "f.json", "--model", "m.pt"}), ExitCode::kUsage, "P0802");
}

TEST(Bar, MarksTheQuantiles) {
  EXPECT_EQ(bar({0, 0.25, 0.5, 0.75, 1}, 1, 8), "--==|==-");
  EXPECT_EQ(bar({1, 1, 1, 1, 1}, 2, 4), "  | ");
  EXPECT_EQ(bar({0, 0, 0, 0, 0}, 0, 4), "|   ");
}

TEST_F(CliTest, TheLanguageServerReadsTheModelItself) {
  runtime_.answer = {{Code::kP0504, "the model does not run"}};
  expect_failure(prunec({"lsp", "--model", "m.pt", "--input", "1x3x8x8"}), ExitCode::kJudgedBad, "P0504");
  ASSERT_EQ(runtime_.inspected.size(), 1u);
  EXPECT_EQ(runtime_.inspected[0].model, "m.pt");
  EXPECT_EQ(runtime_.inspected[0].input, (std::vector<std::int64_t>{1, 3, 8, 8}));
  expect_failure(prunec({"lsp", "--model", "m.pt", "--facts", "f.json"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"lsp", "--model", "m.pt", "--input", "wide"}), ExitCode::kUsage, "P0802");
}

}  // namespace
}  // namespace prunec::cli

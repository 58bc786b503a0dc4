// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

/// A stream of two norms, and one that lies alone.
Inspection two_blocks() {
  Inspection found;
  found.facts = {"nets/my net.pt", "ab", "torchscript", {1, 3, 8, 8}, {""}, {}};
  ChannelGraph& graph = found.facts.graph;
  for (const char* path : {"layer1.bn1", "layer1.bn2", "layer2.bn1", "layer2.bn2"}) {
    const auto first = static_cast<ChannelId>(graph.channel_count);
    graph.channel_count += 2;
    graph.norms.push_back({path, "batch_norm", std::string(path) + ".weight", std::string(path) + ".bias", {first, first + 1}});
  }
  graph.couplings = {{"added by `aten::add_`", "layer2", {{2, 6}, {3, 7}}}};
  return found;
}

TEST_F(CliTest, InferDraftsRulesThatCheckTakes) {
  runtime_.inspection = two_blocks();
  const Result result = prunec({"infer", "m.pt", "--input", "1x3x8x8", "-o", "my.prune"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, "wrote my.prune: strategies `inner`, `all`; 4 of 4 norms can lose channels\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(runtime_.inspected.at(0).input, (std::vector<std::int64_t>{1, 3, 8, 8}));
  EXPECT_NE(read("my.prune").find("architecture my_net\n"), std::string::npos) << read("my.prune");
  EXPECT_EQ(prunec({"fmt", "--check", "my.prune"}).code, 0) << "it is in canonical layout";
  EXPECT_EQ(prunec({"inspect", "m.pt", "--facts", "f.json", "-q"}).code, 0);
  const Result checked = prunec({"check", "my.prune", "--facts", "f.json"});
  EXPECT_EQ(checked.err, "no mistakes found\n");
  // The control: the same without the tie is refused.
  std::string spoilt = read("my.prune");
  spoilt.erase(spoilt.find("  tie "), spoilt.find('\n', spoilt.find("  tie ")) - spoilt.find("  tie "));
  write("my.prune", spoilt);
  EXPECT_NE(prunec({"check", "my.prune", "--facts", "f.json"}).err.find("error[P0506]"), std::string::npos);
}

TEST_F(CliTest, InferNeedsNoRuntimeBesideFacts) {
  runtime_.inspection = two_blocks();
  EXPECT_EQ(prunec({"inspect", "m.pt", "--facts", "f.json", "-q"}).code, 0);
  runtime_is_there_ = false;
  const Result drafted = prunec({"infer", "--facts", "f.json", "--architecture", "mine"});
  EXPECT_EQ(drafted.code, 0) << drafted.err;
  EXPECT_TRUE(drafted.out.starts_with("prunec 1\narchitecture mine\n")) << drafted.out;
  const auto json = nlohmann::json::parse(prunec({"infer", "--facts", "f.json", "--architecture", "mine", "--format", "json"}).out);
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["rules"], drafted.out);
  EXPECT_EQ(json["strategies"][1]["name"], "all");
  EXPECT_EQ(json["strategies"][1]["tied_by_graph"], false);
}

TEST_F(CliTest, InferReplacesNothing) {
  runtime_.inspection = two_blocks();
  write("my.prune", "mine");
  expect_failure(prunec({"infer", "m.pt", "-o", "my.prune"}), ExitCode::kUsage, "P0851");
  EXPECT_EQ(read("my.prune"), "mine");
  EXPECT_EQ(prunec({"infer", "m.pt", "-o", "my.prune", "--force"}).code, 0);
  EXPECT_NE(read("my.prune"), "mine");
  write("m.pt", "model");
  expect_failure(prunec({"infer", "m.pt", "-o", "m.pt", "--force"}), ExitCode::kUsage, "P0855");
  expect_failure(prunec({"infer", "m.pt", "-o", "absent/my.prune"}), ExitCode::kUsage, "P0852");
  expect_failure(prunec({"infer"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"infer", "m.pt", "--facts", "f.json"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"infer", "m.pt", "--architecture", "my net"}), ExitCode::kUsage, "P0802");
  runtime_.inspection = {};
  expect_failure(prunec({"infer", "m.pt"}), ExitCode::kJudgedBad, "P0603");
}

}  // namespace
}  // namespace prunec::cli

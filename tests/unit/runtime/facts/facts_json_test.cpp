// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/facts/facts_json.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

/// Facts in which every list has an element and every member a value of its own.
ModelFacts facts() {
  ChannelGraph graph;
  graph.channel_count = 6;
  graph.axes = {{"conv.weight", 0, {0, 1}}, {"head.weight", 1, {2, kNoChannel, 3}}};
  graph.norms = {{"bn", "batch_norm", "bn.weight", "bn.bias", {0, 1}}, {"last", "batch_norm", "last.weight", "", {2, 3}}};
  graph.couplings = {{"added by `aten::add`", "layer1", {{0, 2}, {1, 3}}}};
  graph.pins = {{"reaches the model's output", "head", {4, 5}}};
  graph.costs = {{"conv.weight", 64}};
  graph.depthwise = {{"dw", {0, 1}}};
  graph.grouped = {{"grouped", "grouped.weight", 2, {0, 1}, {2, 3}, true}};
  graph.widths = {{{"head", "forward", {3, 1}}, "aten::view", "size", 1, {2, kNoChannel, 3}, true}};
  graph.splits = {{{"layer1", "forward", {7}}, "aten::chunk", 2, {{0}, {1}}}};
  graph.shuffles = {{{"", "forward", {1}}, {"", "forward", {5}}, "layer1", 2, 1, {0, 1, 2, 3}, {0, 2, 1, 3}, true}};
  graph.reads = {{{"bn", "forward", {3}}, "aten::batch_norm", "bn", {0, kNoChannel}, {1, kNoChannel}, true}};
  graph.branches = {{"layer1.path", {2, 3}, {"layer1.other", "layer1.more"}}};
  return {"dir/model.pt", "00ff", "torchscript", {1, 3, 8, 8}, {"", "conv", "bn"}, graph};
}

/// The one diagnostic for a text that is refused.
Diagnostic refusal_of(const std::string& text) {
  const auto read = read_facts("facts.json", text);
  EXPECT_FALSE(read);
  if (read.diagnostics.size() != 1) return {Code::kP0901, "not one diagnostic"};
  EXPECT_EQ(std::get<FilePlace>(read.diagnostics[0].place).path, "facts.json");
  EXPECT_FALSE(read.diagnostics[0].help.empty());
  return read.diagnostics[0];
}

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = write_facts(facts());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " is not in\n" << text;
  return text.replace(at, from.size(), to);
}

TEST(FactsJson, GivesBackWhatWasWritten) {
  const std::string text = write_facts(facts());
  const auto read = read_facts("facts.json", text);
  ASSERT_TRUE(read) << read.diagnostics.front().notes.front().text;
  EXPECT_EQ(*read, facts());
  EXPECT_EQ(write_facts(*read), text);
}

TEST(FactsJson, ADamagedFileSaysWhere) {
  const std::string text = write_facts(facts());
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, text.size() / 2, text.size() - 3})
    EXPECT_EQ(refusal_of(text.substr(0, length)).code, Code::kP0551) << length;
  EXPECT_EQ(refusal_of("[1, 2]").code, Code::kP0551);
  EXPECT_EQ(refusal_of("{\"schema\": 1}").notes[0].text, "`facts` is missing");
  EXPECT_EQ(refusal_of(replaced("\"positions\":64", "\"positions\":\"many\"")).notes[0].text, "`costs[0].positions` is no whole number");
  EXPECT_EQ(refusal_of(replaced("\"scale\":\"bn.weight\",", "")).notes[0].text, "`norms[0].scale` is missing");
}

TEST(FactsJson, ChannelsThatAreNotThereAreRefused) {
  EXPECT_EQ(refusal_of(replaced("\"ids\":[0,1]", "\"ids\":[0,6]")).notes[0].text, "`norms[0].ids` names channel 6 of 6");
  EXPECT_EQ(refusal_of(replaced("\"ids\":[4,5]", "\"ids\":[4,-1]")).code, Code::kP0551);
  EXPECT_EQ(refusal_of(replaced("\"equal\":[2,3]", "\"equal\":[2]")).code, Code::kP0551);
  EXPECT_EQ(refusal_of(replaced("\"groups\":2,\"axis\":1", "\"groups\":3,\"axis\":1")).code, Code::kP0551);
  EXPECT_EQ(refusal_of(replaced("\"channel_count\": 6", "\"channel_count\": 123456789")).code, Code::kP0551);
}

TEST(FactsJson, AnotherVersionIsRefused) {
  EXPECT_EQ(refusal_of(replaced("\"facts\": 4", "\"facts\": 1")).code, Code::kP0552);
  EXPECT_EQ(refusal_of("{\"facts\": 99}").code, Code::kP0552);
}

}  // namespace
}  // namespace prunec

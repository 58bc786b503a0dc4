// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/answer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/decisions.h"

namespace prunec {
namespace {

std::string text(const std::string& asked) {
  const auto found = answer(test::decisions(), *read_question(asked));
  if (!found) return found.diagnostics.front().message;
  std::string joined;
  for (const std::string& sentence : std::visit([](const auto& a) { return a.sentences; }, *found)) joined += sentence + "\n";
  return joined;
}

bool says(const std::string& asked, const std::string& part) {
  return text(asked).find(part) != std::string::npos;
}

/// The answer on a channel of `layer2.bn` when the set of it was decided on otherwise.
ChannelAnswer answer_on(const Decisions& all, std::size_t channel) {
  return std::get<ChannelAnswer>(*answer(all, {"layer2.bn", channel}));
}

Diagnostic refusal(const std::string& asked) {
  const auto question = read_question(asked);
  const auto found = question ? answer(test::decisions(), *question) : Outcome<Answer>(question.diagnostics);
  EXPECT_FALSE(found) << asked;
  return found.diagnostics.at(0);
}

TEST(Answer, ARemovedChannelOfATie) {
  EXPECT_EQ(
      text("conv:2"),
      "`conv:2` is removed.\n"
      "The same channel lies at `stem:2`, `layer1.bn:2` and `layer1.down:1`: it stays in all of them or goes from all.\n"
      "The votes are 0.6 of `stem` (rank 8) and 0.3 of `layer1.bn` (rank 5), among 12 scores that compete.\n"
      "Under `by quota`, 2 of `stem` and 2 of `layer1.bn` lie below the threshold of 0.5, so each of the 2 voters in turn names its 1 "
      "weakest of those still there.\n"
      "`layer1.bn` named this one.\n"
      "`layer1.down` has no vote and follows.\n"
      "The rules that speak of it are `prune` at net.prune:7:3 and `tie` at net.prune:8:3.\n");
}

TEST(Answer, AKeptChannelOfATie) {
  EXPECT_TRUE(says("layer1.down:4", "`layer1.down:4` is kept.\n"));
  EXPECT_TRUE(says("layer1.down:4", "None of them named this one.\n"));
}

TEST(Answer, AScoreBelowTheThreshold) {
  EXPECT_EQ(
      text("layer2.bn:0"),
      "`layer2.bn:0` is removed.\n"
      "The same channel lies at `layer2.conv:0`: it stays in all of them or goes from all.\n"
      "Its score, that of `layer2.bn`, is 0.05, below the threshold of 0.5; that is rank 1 of the 12 scores that compete, the weakest "
      "first.\n"
      "The rules that speak of it are `prune` at net.prune:7:3 and `divisible` at net.prune:9:3.\n");
  EXPECT_TRUE(says("layer2.bn:1", "0.7, above the threshold of 0.5; that is rank 9")) << text("layer2.bn:1");
}

TEST(Answer, RoundingGivesBack) {
  EXPECT_TRUE(says("layer2.bn:3", "`layer2.bn:3` is kept.\n"));
  EXPECT_TRUE(says("layer2.bn:3",
                   "The votes would remove it, but it was given back: the kept width is rounded up to a multiple of 2, from 1 to 2, "
                   "and the strongest come back first.\n"))
      << text("layer2.bn:3");
  EXPECT_EQ(answer_on(test::decisions(), 3).rounded, Rounded::kGivenBack);
  EXPECT_EQ(answer_on(test::decisions(), 0).rounded, Rounded::kNo);
}

TEST(Answer, RoundingTakes) {
  Decisions all = test::decisions();
  all.sets[1].wished = {0};
  all.sets[1].rounding = "down";
  const auto found = answer_on(all, 2);
  EXPECT_EQ(found.rounded, Rounded::kTaken);
  EXPECT_EQ(
      found.sentences[3],
      "The votes would keep it, but it was taken in addition: the kept width is rounded down to a multiple of 2, from 3 to 2, and the "
      "weakest go first.");
}

TEST(Answer, TheLastChannel) {
  Decisions all = test::decisions();
  all.sets[1].multiple = 1;
  all.sets[1].wished = {0, 1, 2, 3};
  all.sets[1].removed = {0, 2, 3};
  EXPECT_NE(answer_on(all, 1).sentences[3].find("a layer keeps at least its strongest channel"), std::string::npos);
}

TEST(Answer, WhatIsKeptWholeSaysWhy) {
  EXPECT_EQ(text("layer3.bn:1"),
            "`layer3.bn:1` is kept.\n"
            "All 2 channels stay: `skip` at net.prune:10 keeps `layer3.bn` whole.\n"
            "The rules that speak of it are `skip` at net.prune:10:3.\n");
  EXPECT_EQ(text("fc:3"),
            "`fc:3` is kept.\nNo statement of the strategy touches its channels, and a channel of it reaches the model's output.\n");
  EXPECT_EQ(text("layer1.down:2"), "`layer1.down:2` is kept.\nNo statement of the strategy touches its channels.\n");
}

TEST(Answer, ALayer) {
  EXPECT_EQ(text("layer2.bn"),
            "`layer2.bn` keeps 2 of 4 channels: the votes would remove 3, 1 were given back.\n"
            "The rules that speak of it are `prune` at net.prune:7:3 and `divisible` at net.prune:9:3.\n");
  EXPECT_TRUE(says("layer3.bn", "`layer3.bn` keeps 2 of 2 channels: `skip` at net.prune:10 keeps `layer3.bn` whole.\n"));
}

TEST(Answer, AModuleStandsForWhatIsInside) {
  EXPECT_TRUE(says("layer2", "`layer2` holds 2 layers that keep 4 of 8 channels.\n")) << text("layer2");
  EXPECT_TRUE(says("layer2", "`layer2.conv` keeps 2 of 4 channels"));
  EXPECT_FALSE(says("layer2", "layer3"));
}

TEST(Answer, WhatTheModelDoesNotHave) {
  EXPECT_EQ(refusal("layer2.bm").code, Code::kP0817);
  EXPECT_NE(refusal("layer2.bm").help.find("did you mean `layer2.bn`"), std::string::npos) << refusal("layer2.bm").help;
  EXPECT_EQ(refusal("layer2.bm:1").code, Code::kP0817);
  EXPECT_NE(refusal("layer2.something.else").help.find("`layer2`"), std::string::npos);
  EXPECT_EQ(refusal("layer").code, Code::kP0817) << "a beginning is no module";
  EXPECT_EQ(refusal("layer2.bn:4").code, Code::kP0818);
  EXPECT_NE(refusal("layer2.bn:4").help.find("from 0 to 3"), std::string::npos);
  for (const char* asked : {"fc:10", "layer1.down:6", "mystery:0", "fc:", "fc:-1", "fc:1.5", "fc:99999999999999999999", "fc:x"})
    EXPECT_EQ(refusal(asked).code, Code::kP0818) << asked;
}

TEST(Answer, Json) {
  const auto one = answer(test::decisions(), {"conv", 2});
  const auto all = answer(test::decisions(), {"layer2", std::nullopt});
  const auto json = nlohmann::json::parse(answers_json({*one, *all}));
  EXPECT_EQ(json["schema"], 1);
  const auto& first = json["answers"][0];
  EXPECT_EQ(first["removed"], true);
  EXPECT_EQ(first["votes"][1], (nlohmann::json{{"layer", "layer1.bn"}, {"score", 0.3}, {"rank", 5}, {"named", true}}));
  EXPECT_EQ(first["same"][2], (nlohmann::json{{"layer", "layer1.down"}, {"channel", 1}}));
  EXPECT_EQ(first["statements"][1]["line"], 8);
  EXPECT_EQ(json["answers"][1]["layers"][1]["given_back"], 1);
}

}  // namespace
}  // namespace prunec

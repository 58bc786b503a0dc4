// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report/read.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "runtime/report/json.h"
#include "tests/support/decisions.h"

namespace prunec {
namespace {

Report report() {
  Report r;
  r.model_path = "m.pt";
  r.model_sha256 = "aa";
  r.model_format = "torchscript";
  r.architecture = "net";
  r.strategy = "all";
  r.rules_sha256 = "bb";
  r.request_kind = "ratio";
  r.request_value = 0.4;
  r.reached_channels_removed = 0.38;
  r.threshold = 0.1234567890123;
  r.channels = {{"bn", "batch_norm", 4, 2, {0, 3}, 1, SiteRole::kCarried, ""},
                {"last", "batch_norm", 1, 1, {0}, 2, SiteRole::kKept, "a reason"}};
  r.edits = {{"bn.weight", 0, {0, 3}}};
  r.attributes = {{"dw", "groups", 4, 2}};
  r.parameters = {10, 5};
  r.macs = {100, 50};
  r.bytes = {1000, 500};
  r.verification = {true, true, 1e-7, 2e-7, 1e-4, "1x3x8x8"};
  r.decisions = test::decisions();
  r.output_path = "m.pruned.pt";
  r.output_sha256 = "cc";
  return r;
}

TEST(ReadReport, ABudgetComesBack) {
  Report written = report();
  written.request_kind = "budget macs";
  written.budget = BudgetReport{60, {100, 59}, 0.75, 0.01};
  const auto read = read_report("r.json", report_json(written));
  ASSERT_TRUE(read);
  EXPECT_EQ(report_json(*read), report_json(written));
  ASSERT_TRUE(read->budget);
  EXPECT_EQ(read->budget->limit, 60);
}

Diagnostic refusal(const std::string& text) {
  const auto read = read_report("r.json", text);
  EXPECT_FALSE(read);
  return read ? Diagnostic{Code::kP0901, ""} : read.diagnostics.at(0);
}

/// The refusal of a report in which one value is another.
Diagnostic refused_with(const std::string& pointer, const nlohmann::json& value) {
  auto json = nlohmann::json::parse(report_json(report()));
  json.at(nlohmann::json::json_pointer(pointer)) = value;
  const Diagnostic diagnostic = refusal(json.dump());
  EXPECT_EQ(diagnostic.code, Code::kP0753) << pointer;
  return diagnostic;
}

TEST(ReadReport, GivesBackWhatChangedInTheCode) {
  Report changed = report();
  changed.code = {{"features", "forward", {3, 1}, "aten::view", "size", 1, {8}, {5}},
                  {"", "forward", {9}, "aten::chunk", "parts", -1, {4, 4}, {3, 2}}};
  const auto read = read_report("r.json", report_json(changed));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->code.size(), 2U);
  EXPECT_EQ(read->code[0].element, 1);
  EXPECT_EQ(report_json(*read), report_json(changed));
}

TEST(ReadReport, GivesBackWhatWasWritten) {
  const auto read = read_report("r.json", report_json(report()));
  ASSERT_TRUE(read) << read.diagnostics[0].notes[0].text;
  EXPECT_EQ(report_json(*read), report_json(report()));
  EXPECT_EQ(read->decisions, report().decisions);
  EXPECT_EQ(read->channels[1].reason, "a reason");
}

TEST(ReadReport, AnEarlierOneHasNoDecisions) {
  Report old = report();
  old.decisions.reset();
  const auto read = read_report("r.json", report_json(old));
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->decisions.has_value());
}

TEST(ReadReport, DamageSaysWhere) {
  const std::string text = report_json(report());
  for (const std::size_t length : {std::size_t{0}, text.size() / 3, text.size() - 3})
    EXPECT_EQ(refusal(text.substr(0, length)).code, Code::kP0753);
  EXPECT_EQ(refused_with("/channels/0/kept", {3, 0}).notes[0].text, "`channels[0].kept` is no sorted list of positions below 4");
  EXPECT_EQ(refused_with("/channels/0/after", 3).notes[0].text, "`channels[0].after` is another number than `kept` has positions");
  EXPECT_EQ(refused_with("/channels/0/role", "boss").notes[0].text, "`channels[0].role` is no role of a site");
  EXPECT_EQ(refused_with("/decisions/sets/0/voters/0/scores", {1, 2}).notes[0].text,
            "`decisions.sets[0].voters[0].scores` has another length than its set");
  EXPECT_EQ(refused_with("/decisions/sets/1/removed", {0, 4}).notes[0].text,
            "`decisions.sets[1].removed` holds 4, outside of 0 to 4 exclusive");
  refused_with("/decisions/sets/1/layers/0/count", 4000000000);
  refused_with("/decisions/sets/1/layers/0/channel", 2);
  refused_with("/decisions/sets/1/multiple", 0);
  refused_with("/threshold", nullptr);
  EXPECT_NE(refused_with("/schema", 2).message.find("another version"), std::string::npos);
}

}  // namespace
}  // namespace prunec

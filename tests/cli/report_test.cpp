// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/report/json.h"
#include "runtime/report_page/report_page.h"
#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A report with everything that a page shows.
Report sample() {
  Report report;
  report.architecture = "net";
  report.strategy = "all";
  report.request_kind = "ratio";
  report.request_value = 0.4;
  report.threshold = 0.25;
  report.parameters = {1000, 400};
  report.macs = {2000, 500};
  report.bytes = {4000, 1600};
  report.channels = {{"layer1.bn1", "batch_norm", 4, 2, {0, 3}, 0, SiteRole::kVoter, ""},
                     {"layer1.bn2", "batch_norm", 4, 4, {0, 1, 2, 3}, 1, SiteRole::kKept, "reaches the model's output"}};
  report.edits = {{"layer1.conv1.weight", 0, {0, 3}}};
  report.attributes = {{"layer1.depthwise", "groups", 4, 2}};
  report.verification = {true, true, 1e-6, 2e-7, 1e-4, "1x3x8x8"};
  SetDecision first, second;
  first.width = second.width = 4;
  first.policy = "quota";
  first.voters = {{"layer1.bn1", {0.5, 0.1, 0.2, 1.0}, {}}};
  first.removed = {1, 2};
  first.statements = {{"tie", {"net.prune", 7, 3, 9}}};
  first.multiple = second.multiple = 1;
  first.layers = {{"layer1.bn1", 4, {0, 1, 2, 3}, {0, 1, 2, 3}}};
  second.layers = {{"layer1.bn2", 4, {0, 1, 2, 3}, {0, 1, 2, 3}}};
  second.kept_because = "a channel reaches the output";
  report.decisions = Decisions{{first, second}, {{"fc", 10, ""}}};
  return report;
}

TEST(ReportPage, TellsWhatTheReportHolds) {
  const std::string page = report_page_of(sample());
  for (const char* text :
       {"−60.0\u00A0%", "−75.0\u00A0%", "1,000 → <b>400</b>", "ratio 0.4", "Verified", "1.0e-06", "layer1.bn1", "net.prune:7:3",
        "a channel reaches the output", "reaches the model&#39;s output", "layer1.conv1.weight", "layer1.depthwise", ">fc<"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  EXPECT_THAT(page, HasSubstr("class=\"threshold\" x1=\"80.00\""));  // a quarter of the largest score
  EXPECT_THAT(page, HasSubstr("1 removed"));
  EXPECT_EQ(page, report_page_of(sample())) << "the same report gives the same bytes";
}

TEST(ReportPage, LoadsNothing) {
  const std::string page = report_page_of(sample());
  for (const char* text : {"http://", "https://", "src=", "@import", "url(", "<link"}) EXPECT_THAT(page, Not(HasSubstr(text)));
}

TEST(ReportPage, EscapesWhateverAReportSays) {
  const std::string evil = "</style></script><script>alert(1)</script>\" onload='x' &amp; \x01\x7f";
  Report report = sample();
  report.architecture = report.strategy = report.request_kind = report.model_path = report.model_sha256 = report.model_format =
      report.rules_sha256 = report.output_path = report.output_sha256 = report.verification.inputs = evil;
  report.channels[0].path = report.channels[0].kind = report.channels[1].reason = evil;
  report.edits[0].tensor = report.attributes[0].path = report.attributes[0].name = evil;
  SetDecision& set = report.decisions->sets[0];
  set.policy = set.voters[0].path = set.statements[0].keyword = set.statements[0].origin.file = evil;
  report.decisions->sets[1].kept_because = report.decisions->untouched[0].path = report.decisions->untouched[0].pinned = evil;
  const std::string page = report_page_of(report);
  std::size_t scripts = 0;
  for (std::size_t at = page.find("<script>"); at != std::string::npos; at = page.find("<script>", at + 1)) ++scripts;
  EXPECT_EQ(scripts, 1u) << "our own";
  EXPECT_THAT(page, Not(HasSubstr("onload='")));
  EXPECT_THAT(page, Not(HasSubstr("script>\" onload")));
  EXPECT_THAT(page, Not(HasSubstr("\x01")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
}

TEST(ReportPage, StandsWithoutReasonsAndWithoutLayers) {
  Report report = sample();
  report.decisions.reset();
  EXPECT_THAT(report_page_of(report), HasSubstr("The report holds no scores"));
  EXPECT_THAT(report_page_of(Report{}), HasSubstr("touches no layer"));
  report.verification.performed = false;
  EXPECT_THAT(report_page_of(report), HasSubstr("Not verified"));
}

TEST_F(CliTest, ReportWritesAPageBesideTheReport) {
  write("r.json", report_json(sample()));
  const Result result = prunec({"report", "r.json"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, "wrote r.html\n");
  EXPECT_EQ(read("r.html"), report_page_of(sample()));
  EXPECT_EQ(prunec({"report", "r.json", "-o", "other.html", "--quiet"}).out, "");
  EXPECT_THAT(names(), ElementsAre("other.html", "r.html", "r.json"));
}

TEST_F(CliTest, ReportNeverReplacesUnasked) {
  write("r.json", report_json(sample()));
  write("r.html", "mine");
  expect_failure(prunec({"report", "r.json"}), ExitCode::kUsage, "P0851");
  EXPECT_EQ(read("r.html"), "mine");
  EXPECT_EQ(prunec({"report", "r.json", "--force"}).code, 0);
  EXPECT_NE(read("r.html"), "mine");
  for (const char* input : {"r.json", "./r.json"}) {
    expect_failure(prunec({"report", "r.json", "-o", input, "--force"}), ExitCode::kUsage, "P0855");
  }
  EXPECT_EQ(read("r.json"), report_json(sample()));
}

TEST_F(CliTest, ReportRefusesWhatIsNoReport) {
  expect_failure(prunec({"report"}), ExitCode::kUsage, "P0802");
  expect_failure(prunec({"report", "missing.json"}), ExitCode::kUsage, "P0803");
  for (const char* text : {"", "{", "[]", "{}", "{\"schema\": 7}", "{\"schema\": 1}", "{\"schema\": 1, \"model\": []}", "not json"}) {
    write("bad.json", text);
    expect_failure(prunec({"report", "bad.json"}), ExitCode::kJudgedBad, "P0753");
  }
  write("r.json", report_json(sample()));
  expect_failure(prunec({"report", "r.json", "-o", "no/such/folder/r.html"}), ExitCode::kUsage, "P0852");
  EXPECT_THAT(names(), ElementsAre("bad.json", "r.json"));
}

TEST_F(CliTest, ApplyWritesThePageAtOnce) {
  write("net.prune", kRules);
  const std::vector<std::string> apply = {"apply", "model.pt", "--rules", "net.prune", "--strategy",
                                          "all",   "--ratio",  "0.4",     "--html",    "page.html"};
  const Result result = prunec(apply);
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("wrote model.pruned.pt, model.pruned.json and page.html"));
  EXPECT_THAT(read("page.html"), HasSubstr("layer1.bn1"));
  expect_failure(prunec(apply), ExitCode::kUsage, "P0851");
  EXPECT_EQ(runtime_.applied.size(), 1u) << "refused before any work";
  for (const char* taken : {"model.pt", "model.pruned.pt", "model.pruned.json"}) {
    auto clash = apply;
    clash.back() = taken;
    clash.push_back("--force");
    expect_failure(prunec(clash), ExitCode::kUsage, "P0855");
  }
  auto dry = apply;
  dry.push_back("--dry-run");
  expect_failure(prunec(dry), ExitCode::kUsage, "P0802");
  EXPECT_EQ(runtime_.applied.size(), 1u);
}

}  // namespace
}  // namespace prunec::cli

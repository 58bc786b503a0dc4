// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/latency/latency_json.h"
#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

LatencyTable two_layers() {
  return {"m.pt",
          "ab",
          "cpu, 2 threads",
          {1, 3, 8, 8},
          {{"conv1.weight", {{3}, {8, 16}, {1'000'000, 3'000'000}}}, {"fc.weight", {{8, 16}, {10}, {500'000'000, 997'000'000}}}}};
}

TEST_F(CliTest, BenchShowsTheTimeOfEachLayer) {
  runtime_.latency = two_layers();
  const Result result = prunec({"bench", "m.pt", "--input", "1x3x8x8", "--device", "cpu"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(runtime_.benched.at(0).device, "cpu");
  EXPECT_EQ(runtime_.benched.at(0).input, (std::vector<std::int64_t>{1, 3, 8, 8}));
  for (const char* part : {"conv1.weight      16       3      0.003 ms     0.3%      0.001 ms\n", "0.997 ms    99.7%      0.500 ms\n",
                           "all of them take 1.000 ms on cpu, 2 threads\n"}) {
    EXPECT_NE(result.out.find(part), std::string::npos) << part << "\n" << result.out;
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(CliTest, BenchWritesATableThatReadsBack) {
  runtime_.latency = two_layers();
  const Result result = prunec({"bench", "m.pt", "--table", "t.json"});
  EXPECT_EQ(result.code, 0) << result.err;
  const auto table = read_latency("t.json", read("t.json"));
  ASSERT_TRUE(table);
  EXPECT_EQ(*table, two_layers());
  expect_failure(prunec({"bench", "m.pt", "--table", "t.json"}), ExitCode::kUsage, "P0851");
  EXPECT_EQ(prunec({"bench", "m.pt", "--table", "t.json", "--force"}).code, 0);
  write("m2.pt", "");
  expect_failure(prunec({"bench", "m2.pt", "--table", "m2.pt", "--force"}), ExitCode::kUsage, "P0855");
  EXPECT_EQ(prunec({"bench", "m.pt", "--format", "json"}).out, read("t.json"));
}

TEST_F(CliTest, BenchNeedsAModel) {
  expect_failure(prunec({"bench"}), ExitCode::kUsage, "P0802");
}

TEST(Latency, ADamagedTableIsRefusedWithItsPlace) {
  const std::string good = write_latency(two_layers());
  const auto note = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const auto table = read_latency("t.json", text);
    EXPECT_FALSE(table) << to;
    return table.diagnostics.empty() || table.diagnostics[0].notes.empty() ? "" : table.diagnostics[0].notes[0].text;
  };
  EXPECT_NE(note("[8,16]", "[16,8]").find("is no ascending list of lengths"), std::string::npos);
  EXPECT_NE(note("[1000000,", "[").find("has 1 times, not 2"), std::string::npos);
  EXPECT_NE(note("[1000000,", "[-1,").find("has a negative time"), std::string::npos);
  EXPECT_EQ(note("\"latency\": 1", "\"latency\": 7"), "");
  note("]\n}", "");
  EXPECT_FALSE(read_latency("t.json", "{}"));
}

}  // namespace
}  // namespace prunec::cli

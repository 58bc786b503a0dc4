// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Runs commands in process, in a folder of their own, with a runtime that records what it is asked.
#pragma once

#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/cli/command.h"

namespace prunec::cli {

class FakeRuntime : public Runtime {
 public:
  Outcome<ApplyResult> apply(const ApplyRequest& request) override;
  Diagnostics check(const CheckRequest& request) override;
  Outcome<Inspection> inspect(const InspectRequest& request) override;
  Outcome<LatencyTable> bench(const BenchRequest& request) override;
  Outcome<Sweep> sweep(const SweepRequest& request) override;
  std::optional<Diagnostic> load_operators(const std::vector<std::string>& libraries) override;
  Outcome<Report> decide(const ApplyRequest& request) override;
  Outcome<VerificationReport> verify(const VerifyRequest& request) override;

  std::vector<ApplyRequest> applied;
  std::vector<CheckRequest> checked;
  std::vector<InspectRequest> inspected;
  std::vector<BenchRequest> benched;
  std::vector<SweepRequest> swept;
  std::vector<ApplyRequest> decided;
  std::vector<VerifyRequest> verified;
  Inspection inspection;               ///< what `inspect` finds
  LatencyTable latency;                ///< what `bench` measures
  Sweep curve;                         ///< what `sweep` comes to
  Report report;                       ///< what `decide` comes to
  std::chrono::milliseconds pause{0};  ///< how long the one long step of `apply` takes
  Diagnostics answer;                  ///< given by all
};

struct Result {
  int code = 0;
  std::string out, err;
};

class CliTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  Result prunec(const std::vector<std::string>& arguments);

  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  bool exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
  /// The names of the folder's files, sorted.
  std::vector<std::string> names() const;

  /// Failed with this exit code, this one diagnostic on stderr, and nothing on stdout.
  void expect_failure(const Result& result, ExitCode code, const std::string& diagnostic);

  std::filesystem::path folder_;
  std::map<std::string, std::string> variables_;
  FakeRuntime runtime_;
  bool runtime_is_there_ = true;
  bool terminal_ = false;

 private:
  std::filesystem::path old_folder_;
};

inline constexpr const char* kRules =
    "prunec 1\narchitecture net\nsite bn1 = layer{stage}.bn1\nsite bn2 = layer{stage}.bn2\n"
    "strategy inner { prune bn1 }\nstrategy all \"both\" extends inner {\n  prune bn2\n  tie bn2 across stage\n}\n";

}  // namespace prunec::cli

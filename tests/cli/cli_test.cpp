// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cli/cli_test.h"

#include <algorithm>
#include <fstream>
#include <thread>
#include <unistd.h>

namespace prunec::cli {

namespace fs = std::filesystem;

Outcome<ApplyResult> FakeRuntime::apply(const ApplyRequest& request) {
  applied.push_back(request);
  if (request.on_step) {
    request.on_step("tracing the model");
    std::this_thread::sleep_for(pause);
    request.on_step("slicing the model");
  }
  if (has_error(answer)) return answer;
  ApplyResult result;
  result.report.architecture = request.plan.architecture;
  result.report.strategy = request.plan.strategy;
  result.report.request_kind = "ratio";
  result.report.request_value = 0.4;
  result.report.parameters = {11689512, 5000000};
  result.report.channels.push_back({"layer1.bn1", "batch_norm", 64, 40, {}, 0, SiteRole::kVoter, ""});
  result.report.edits.push_back({"layer1.conv1.weight", 0, {0, 1, 2}});
  result.report.verification = {true, true, 1e-6, 2e-6, 1e-4, "1x3x8x8"};
  result.timings = {{"load", 0.25}, {"slice", 0.5}};
  return {std::move(result), answer};
}

Diagnostics FakeRuntime::check(const CheckRequest& request) {
  checked.push_back(request);
  return answer;
}

Outcome<Inspection> FakeRuntime::inspect(const InspectRequest& request) {
  inspected.push_back(request);
  if (has_error(answer)) return answer;
  return {inspection, answer};
}

Outcome<LatencyTable> FakeRuntime::bench(const BenchRequest& request) {
  benched.push_back(request);
  if (has_error(answer)) return answer;
  return {latency, answer};
}

Outcome<Sweep> FakeRuntime::sweep(const SweepRequest& request) {
  swept.push_back(request);
  if (has_error(answer)) return answer;
  return {curve, answer};
}

std::optional<Diagnostic> FakeRuntime::load_operators(const std::vector<std::string>& /*libraries*/) {
  return std::nullopt;
}

Outcome<Report> FakeRuntime::decide(const ApplyRequest& request) {
  decided.push_back(request);
  if (has_error(answer)) return answer;
  return {report, answer};
}

Outcome<VerificationReport> FakeRuntime::verify(const VerifyRequest& request) {
  verified.push_back(request);
  if (has_error(answer)) return answer;
  return {VerificationReport{true, true, 1e-6, 2e-6, request.tolerance, "1x3x8x8"}, answer};
}

void CliTest::SetUp() {
  old_folder_ = fs::current_path();
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  folder_ = fs::temp_directory_path() / ("prunec_" + std::to_string(::getpid()) + "_" + test->name());
  fs::create_directories(folder_);
  fs::current_path(folder_);
}

void CliTest::TearDown() {
  fs::current_path(old_folder_);
  fs::remove_all(folder_);
}

Result CliTest::prunec(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  Environment environment{out, err, terminal_, (folder_ / "prefix" / "bin").string(), {}, {}};
  environment.variable = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables_.find(name);
    return found == variables_.end() ? std::nullopt : std::optional(found->second);
  };
  environment.runtime = [&]() -> std::variant<Runtime*, Diagnostic> {
    if (runtime_is_there_) return &runtime_;
    return Diagnostic{Code::kP0809, "this command needs the runtime library, which is not there"};
  };
  const int code = static_cast<int>(run(arguments, environment));
  return {code, out.str(), err.str()};
}

void CliTest::write(const std::string& name, const std::string& text) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name) << text;
}

std::string CliTest::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(folder_ / name).rdbuf();
  return text.str();
}

std::vector<std::string> CliTest::names() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder_)) found.push_back(entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

void CliTest::expect_failure(const Result& result, ExitCode code, const std::string& diagnostic) {
  EXPECT_EQ(result.code, static_cast<int>(code)) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("error[" + diagnostic + "]: "), std::string::npos) << result.err;
  EXPECT_EQ(result.err.find("error["), result.err.rfind("error[")) << "more than one:\n" << result.err;
}

}  // namespace prunec::cli

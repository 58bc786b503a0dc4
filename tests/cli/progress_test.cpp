// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/cli_test.h"

namespace prunec::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// `apply` on a runtime that takes its time with one step.
class ProgressTest : public CliTest {
 protected:
  Result slow_apply(std::vector<std::string> more = {}) {
    write("net.prune", kRules);
    runtime_.pause = std::chrono::milliseconds(1300);
    std::vector<std::string> arguments = {"apply", "model.pt", "--rules", "net.prune", "--strategy", "all", "--ratio", "0.4"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Result result = prunec(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result;
  }
};

TEST_F(ProgressTest, ALongStepIsToldAndTheLineIsGoneAfterwards) {
  terminal_ = true;
  variables_["TERM"] = "xterm";
  const Result result = slow_apply();
  EXPECT_THAT(result.err, HasSubstr("\r\x1b[Kprunec is tracing the model, 1 s"));
  EXPECT_THAT(result.err, Not(HasSubstr("slicing"))) << "that step was short";
  EXPECT_TRUE(result.err.ends_with("\r\x1b[K")) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("tracing")));
}

TEST_F(ProgressTest, NothingIsToldWhereNobodyReads) {
  variables_["TERM"] = "xterm";
  EXPECT_EQ(slow_apply().err, "") << "in a pipe";
  terminal_ = true;
  EXPECT_EQ(slow_apply({"--quiet"}).err, "");
  EXPECT_EQ(slow_apply({"--format", "json"}).err, "");
  variables_["TERM"] = "dumb";
  EXPECT_EQ(slow_apply().err, "");
}

}  // namespace
}  // namespace prunec::cli

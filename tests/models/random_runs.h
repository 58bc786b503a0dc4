// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// How many random networks a test tries. `PRUNEC_RANDOM_NETWORKS` and `PRUNEC_RANDOM_SEED` in the environment ask for more of them, or for
/// the one that failed.
#pragma once

#include <cstdlib>
#include <gtest/gtest.h>
#include <string>

namespace prunec::test {

struct RandomRuns {
  unsigned first = 0;
  unsigned count = 0;
  bool asked_for = false;  ///< by the environment: then nothing is said about how much the test has seen

  unsigned end() const { return first + count; }
};

inline RandomRuns random_runs(unsigned usual) {
  const char* count = std::getenv("PRUNEC_RANDOM_NETWORKS");
  const char* seed = std::getenv("PRUNEC_RANDOM_SEED");
  return {seed ? static_cast<unsigned>(std::atoi(seed)) : 0, count ? static_cast<unsigned>(std::atoi(count)) : usual,
          count != nullptr || seed != nullptr};
}

/// The command that tries one network again.
inline std::string try_again(unsigned seed) {
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  return "seed " + std::to_string(seed) + "; again by: PRUNEC_RANDOM_SEED=" + std::to_string(seed) +
         " PRUNEC_RANDOM_NETWORKS=1 random_networks_test --gtest_filter=" + test->test_suite_name() + "." + test->name() + "\n";
}

}  // namespace prunec::test

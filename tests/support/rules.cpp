// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/rules.h"

#include <memory>
#include <stdexcept>

#include "compiler/check/check.h"
#include "compiler/check/lower.h"

namespace prunec::test {

ConstraintPlan plan_of(const std::string& rules, const std::string& strategy) {
  const auto checked = parse_and_check(std::make_shared<const SourceFile>("test.prune", "prunec 1\narchitecture test\n" + rules));
  if (!checked) throw std::runtime_error("the test's own rules are wrong: " + checked.diagnostics.front().message);
  return lower(*checked, strategy);
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/operators.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

TEST(Operators, ThoseOfLibTorchAreThere) {
  EXPECT_TRUE(require_operators({}, "m.pt").empty());
  EXPECT_TRUE(require_operators({"aten::add", "aten::batch_norm"}, "m.pt").empty());
}

TEST(Operators, AnUnknownOneIsNamed) {
  const Diagnostics found = require_operators({"aten::add", "somebodys_own::operator"}, "m.pt");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().code, Code::kP0520);
  EXPECT_NE(found.front().message.find("`somebodys_own::operator`"), std::string::npos);
  EXPECT_EQ(std::get<FilePlace>(found.front().place).path, "m.pt");
}

TEST(Operators, ALibraryThatIsNoneIsNamed) {
  const auto refusal = load_operators({"no/such/library.so"});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, Code::kP0819);
  EXPECT_EQ(std::get<FilePlace>(refusal->place).path, "no/such/library.so");
}

}  // namespace
}  // namespace prunec

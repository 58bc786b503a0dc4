// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/torch_error.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace prunec {
namespace {

std::string cause(const std::string& text) {
  return cause_of(std::runtime_error(text));
}

TEST(TorchError, KeepsTheLineThatSaysWhatWentWrong) {
  EXPECT_EQ(cause("shapes do not fit.\nException raised from somewhere"), "shapes do not fit");
  EXPECT_EQ(cause("The following operation failed:\nTraceback\nRuntimeError: shapes do not fit\n"), "shapes do not fit");
  EXPECT_EQ(cause("[enforce fail at inline_container.cc:180] . file not found: data.pkl"), "file not found: data.pkl");
  EXPECT_EQ(cause("[1, 2] is no shape"), "[1, 2] is no shape");
  EXPECT_EQ(cause(""), "");
}

}  // namespace
}  // namespace prunec

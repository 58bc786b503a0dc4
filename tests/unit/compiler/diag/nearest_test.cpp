// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diag/nearest.h"

#include <gtest/gtest.h>

namespace prunec {
namespace {

using Names = std::vector<std::string>;

TEST(Nearest, OrdersByDistance) {
  EXPECT_EQ(nearest("quotta", {"any", "quota", "quote"}), (Names{"quota", "quote"}));
}

TEST(Nearest, ASwapIsOneEdit) {
  EXPECT_EQ(nearest("bn", {"nb", "cn"}), (Names{"cn", "nb"}));
}

TEST(Nearest, NamesAtMostThree) {
  EXPECT_EQ(nearest("bn5", {"bn1", "bn2", "bn3", "bn4"}).size(), 3u);
}

TEST(Nearest, FarNamesAreNoHelp) {
  EXPECT_TRUE(nearest("layer4", {"stem", "norm", "transition"}).empty());
  EXPECT_TRUE(nearest("a", {"b"}).empty()) << "one letter is like any other";
  EXPECT_TRUE(nearest(std::string(1000, 'x'), {std::string(999, 'x')}).empty());
}

TEST(Nearest, Quotes) {
  EXPECT_EQ(quoted_list({"a"}), "`a`");
  EXPECT_EQ(quoted_list({"a", "b", "c"}), "`a`, `b` or `c`");
  EXPECT_EQ(did_you_mean("meen", {"mean"}), "did you mean `mean`?");
  EXPECT_EQ(did_you_mean("zzz", {"mean"}, "else"), "else");
}

}  // namespace
}  // namespace prunec

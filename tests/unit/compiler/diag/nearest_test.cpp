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

TEST(Nearest, ANameWithOtherDigitsIsNoSlip) {
  const auto fix = [](const std::string& name, const std::vector<std::string>& names) {
    Diagnostic diagnostic{Code::kP0201, ""};
    suggest(diagnostic, {std::make_shared<const SourceFile>("x", name), {0, name.size()}}, name, names);
    EXPECT_FALSE(diagnostic.help.empty());
    return diagnostic.fix ? diagnostic.fix->text : "";
  };
  EXPECT_EQ(fix("stgae1", {"stage1", "other"}), "stage1");
  EXPECT_EQ(fix("bn3", {"bn2", "other"}), "");
  EXPECT_EQ(fix("bn", {"bn2"}), "");
  EXPECT_EQ(fix("norm", {"norn", "form"}), "") << "two are as good as none";
}

TEST(Nearest, ManyNamesAreCounted) {
  EXPECT_EQ(quoted_few({"a", "b"}), "`a` and `b`");
  EXPECT_EQ(quoted_few(Names(1000, "a")).substr(0, 10), "`a`, `a`, ");
  EXPECT_TRUE(quoted_few(Names(1000, "a")).ends_with("`a`, and 990 more"));
}

TEST(Nearest, Quotes) {
  EXPECT_EQ(quoted_list({"a"}), "`a`");
  EXPECT_EQ(quoted_list({"a", "b", "c"}), "`a`, `b` or `c`");
  EXPECT_EQ(did_you_mean("meen", {"mean"}), "did you mean `mean`?");
  EXPECT_EQ(did_you_mean("zzz", {"mean"}, "else"), "else");
}

}  // namespace
}  // namespace prunec

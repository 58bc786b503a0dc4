// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/format/format.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <variant>

#include "compiler/format/diff.h"
#include "compiler/source/file_io.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/compiler/format/random_rules.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

Outcome<ast::RuleFile> parsed(const std::string& text) {
  return parse(std::make_shared<const SourceFile>("x.prune", text));
}

std::string formatted(const std::string& text) {
  auto file = parsed(text);
  if (!file) {
    ADD_FAILURE() << text << "\n" << file.diagnostics[0].message;
    return "";
  }
  return format_rules(*file);
}

TEST(Format, LaysOut) {
  EXPECT_EQ(
      formatted(
          "# top\nprunec   1 # version\n\n\n architecture net\nsite a=x.{s} where s2=1 # stem\nsite long = layer{stage}.bn2,   "
          "other.path\n\n\nsite c = y\n"
          "strategy one{\n}\nstrategy two \"text\" extends one {prune a}\n# about three\nstrategy three extends two { # head\n   # first\n"
          " prune a,c  # why\n  tie long   by quota across stage carrying a[ s = 1 | 2 , t=2..]\n  ratio   2.50 %\n\n\n  # last\n} # "
          "end\ndefault strategy two"),
      "# top\nprunec 1  # version\n\narchitecture net\nsite a    = x.{s} where s2 = 1  # stem\nsite long = layer{stage}.bn2, "
      "other.path\n\nsite c = y\n\n"
      "strategy one {\n}\n\nstrategy two \"text\" extends one { prune a }\n# about three\nstrategy three extends two {  # head\n  # first\n"
      "  prune a, c  # why\n  tie long across stage by quota carrying a[s=1|2, t=2..]\n  ratio 2.50%\n\n  # last\n}  # end\n\ndefault "
      "strategy two\n");
}

TEST(Format, WrapsLongLists) {
  std::string list = "a.b0";
  for (int i = 1; i < 40; ++i) list += ", a.b" + std::to_string(i);
  const std::string text = formatted("prunec 1\narchitecture net\nstrategy all {\n  prune " + list + "\n}\n");
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) EXPECT_LE(text.find('\n', begin) - begin, 110u);
  EXPECT_EQ(formatted(text), text);
}

TEST(Format, CommentsBetweenWordsKeepTheirStatementAsItIs) {
  const std::string text = "prunec 1\narchitecture net\n\nstrategy all {\n  prune a.b,  # the first\n        a.c   # the second\n}\n";
  EXPECT_NE(formatted(text).find("prune a.b,  # the first\n        a.c  # the second\n"), std::string::npos) << formatted(text);
}

TEST(Format, GeneratedFilesHoldEveryStatement) {
  std::set<std::size_t> kinds;
  for (unsigned seed = 0; seed < 500; ++seed) {
    const auto file = parsed(RandomRules(seed).file());
    ASSERT_TRUE(file) << seed;
    for (const ast::Item& item : file->items) {
      const auto* strategy = std::get_if<ast::Strategy>(&item);
      for (std::size_t i = 0; strategy != nullptr && i < strategy->statements.size(); ++i) kinds.insert(strategy->statements[i].index());
    }
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<ast::Statement>);
}

TEST(Format, IsIdempotentAndKeepsTheMeaning) {
  constexpr unsigned kFiles = 10000;
  for (unsigned seed = 0; seed < kFiles; ++seed) {
    const std::string text = RandomRules(seed).file();
    const auto file = parsed(text);
    ASSERT_TRUE(file) << "seed " << seed << ": " << file.diagnostics[0].message << "\n" << text;
    const std::string once = format_rules(*file);  // throws when the meaning or a comment changes
    ASSERT_EQ(formatted(once), once) << "seed " << seed << "\n" << text;
  }
}

TEST(Format, EveryRuleFileOfTheRepository) {
  std::size_t count = 0;
  for (auto entry = fs::recursive_directory_iterator(PRUNEC_ROOT); entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() && (name == "build" || name.starts_with("."))) entry.disable_recursion_pending();
    if (!entry->is_regular_file() || entry->path().extension() != ".prune") continue;
    const auto file = parsed(std::get<std::string>(read_file(entry->path().string())));
    // Those with mistakes in their text are for the tests of mistakes.
    if (!file) {
      EXPECT_TRUE(name.starts_with("fail_")) << entry->path();
      continue;
    }
    const std::string once = format_rules(*file);  // throws when the meaning or a comment changes
    EXPECT_EQ(formatted(once), once) << entry->path();
    ++count;
  }
  EXPECT_GT(count, 30u);
}

TEST(Diff, IsEmptyForEqualTexts) {
  EXPECT_EQ(unified_diff("a", "x\ny\n", "x\ny\n"), "");
}

TEST(Diff, ShowsHunksWithContext) {
  EXPECT_EQ(
      unified_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "1\n2\nX\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13"),
      "--- a\n+++ a\n@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+X\n 4\n 5\n 6\n@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+13\n\\ No newline at end of file\n");
  EXPECT_EQ(unified_diff("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1,1 @@\n+x\n");
}

}  // namespace
}  // namespace prunec

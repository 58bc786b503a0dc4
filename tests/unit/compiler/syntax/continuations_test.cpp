// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/continuations.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>

#include "compiler/syntax/lexemes.h"

namespace prunec {
namespace {

using Words = std::set<std::string>;

Continuations at_end(const std::string& text) {
  return continuations_at(std::make_shared<const SourceFile>("net.prune", text), text.size());
}

Words keywords_after(const std::string& text) {
  const auto found = at_end(text).keywords;
  return {found.begin(), found.end()};
}

bool has_role(const std::string& text, const WordRole& role) {
  const auto found = at_end(text).roles;
  return std::find(found.begin(), found.end(), role) != found.end();
}

bool holds(const Words& words, const Words& some) {
  return std::includes(words.begin(), words.end(), some.begin(), some.end());
}

bool shares(const Words& words, const Words& some) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& word) { return words.contains(word); });
}

const std::string kHead = "prunec 1\narchitecture net\nsite a = a\n";

TEST(Continuations, ItemsAtTheStartAndStatementsInABlock) {
  EXPECT_TRUE(holds(keywords_after(""), {"prunec", "architecture", "site", "strategy", "default"}));
  EXPECT_FALSE(shares(keywords_after(""), {"prune", "tie", "across", "first"}));
  const Words statements = keywords_after(kHead + "strategy all {\n");
  EXPECT_TRUE(holds(statements, {"prune", "skip", "tie", "divisible", "ratio", "threshold"}));
  EXPECT_FALSE(shares(statements, {"site", "strategy", "across", "first", "where"}));
  EXPECT_TRUE(holds(keywords_after(kHead + "strategy all { prune a }\n"), {"site", "strategy"}));
}

TEST(Continuations, ClausesBehindTheirStatement) {
  EXPECT_EQ(keywords_after(kHead + "strategy all { skip"), Words({"first", "last"}));
  EXPECT_TRUE(has_role(kHead + "strategy all { skip", {"path", "siteUse"}));
  EXPECT_TRUE(holds(keywords_after(kHead + "strategy all { tie a"), {"across", "by", "carrying", "prune"}));
  EXPECT_TRUE(keywords_after(kHead + "strategy all { tie a by").empty());
  EXPECT_TRUE(has_role(kHead + "strategy all { tie a by", {"policy", "by"}));
  EXPECT_TRUE(has_role(kHead + "strategy all { prune a[", {"label", "filter"}));
  EXPECT_TRUE(holds(keywords_after(kHead + "site b = b"), {"where", "site"}));
}

TEST(Continuations, BehindAMistakeTheNextStatementCounts) {
  for (const char* mistake : {"prune a,\n tie by by by\n", "divisible many\n", "oops oops\n", "across\n", "tie a across = \n"})
    EXPECT_TRUE(holds(keywords_after(kHead + "strategy all {\n" + mistake), {"prune", "tie"})) << mistake;
  EXPECT_TRUE(holds(keywords_after(kHead + "strategy { prune a\n"), {"prune", "tie"}));  // no name
  EXPECT_TRUE(holds(keywords_after(kHead + "strategy all { prune a\nsite b"), {}));      // no brace
  EXPECT_TRUE(holds(keywords_after(kHead + "strategy all { prune a\nsite b = b\n"), {"site"}));
  EXPECT_TRUE(holds(keywords_after(kHead + "}\n"), {"site"}));
}

TEST(Continuations, OnlyWhatStandsBeforeThePlaceCounts) {
  const std::string text = kHead + "strategy all { skip a }\n";
  const auto source = std::make_shared<const SourceFile>("net.prune", text);
  EXPECT_EQ(continuations_at(source, text.find(" a }")).keywords, std::vector<std::string>({"first", "last"}));
  EXPECT_TRUE(continuations_at(std::make_shared<const SourceFile>("net.prune", "\xff"), 1).keywords.empty());
}

TEST(Continuations, KnowsTheKindsOfWords) {
  const auto rules = word_rules();
  for (const char* rule : {"name", "path", "pattern", "label", "value", "policy", "rounding"})
    EXPECT_NE(std::find(rules.begin(), rules.end(), rule), rules.end()) << rule;
  EXPECT_EQ(std::find(rules.begin(), rules.end(), "tie"), rules.end());
}

TEST(Lexemes, AKeywordThatIsANameIsAWord) {
  const auto source = std::make_shared<const SourceFile>("net.prune", "site skip = first # é\n\"a\" ;");
  std::string kinds;
  for (const Lexeme& lexeme : lexemes(source))
    kinds += std::string(source->text(lexeme.span)) + "/" + std::to_string(static_cast<int>(lexeme.kind)) + " ";
  EXPECT_EQ(kinds, "site/0 skip/1 =/3 first/1 # é/4 \"a\"/2 ;/5 ");
}

}  // namespace
}  // namespace prunec

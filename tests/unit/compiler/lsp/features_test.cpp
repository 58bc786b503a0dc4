// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// What the server says is read off the language; these tests fail when the language has something that the server does not know.

#include "compiler/lsp/features.h"

#include <gtest/gtest.h>

#include "compiler/lsp/reference.h"
#include "compiler/plan/policies.h"
#include "compiler/syntax/continuations.h"

namespace prunec::lsp {
namespace {

TEST(Features, KnowTheValuesOfEveryKindOfWord) {
  for (const std::string& rule : word_rules()) {
    const auto values = values_of_rule(rule);
    ASSERT_TRUE(values) << rule;
    EXPECT_NE(values->values.empty(), !values->users_own) << rule;
  }
}

TEST(Reference, ExplainsEveryWordThatBeginsSomething) {
  const std::string block = "prunec 1\narchitecture net\nstrategy all {\n";
  for (const std::string& text : {std::string(), block}) {
    const auto keywords = continuations_at(std::make_shared<const SourceFile>("net.prune", text), text.size()).keywords;
    EXPECT_GT(keywords.size(), 4u);
    for (const std::string& keyword : keywords) {
      EXPECT_NE(section_about(keyword).find("```prune\n"), std::string::npos) << keyword << " has no syntax in the reference";
    }
  }
  EXPECT_EQ(section_about("carrying"), "");
}

TEST(Reference, ExplainsEveryPolicy) {
  for (const std::string& policy : policy_names()) EXPECT_NE(row_about(policy).find("`" + policy + "`"), std::string::npos) << policy;
  EXPECT_EQ(row_about("nonsense"), "");
}

TEST(Reference, StopsAtTheFirstExample) {
  EXPECT_EQ(section_about("tie").find("architecture net"), std::string::npos);
  EXPECT_NE(section_about("tie").find("| `quota` |"), std::string::npos);
}

}  // namespace
}  // namespace prunec::lsp

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Rule files spoiled at random. Whatever the text, checking it ends with a value or with errors that have a place inside it.

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <sstream>

#include "compiler/check/check.h"

namespace prunec {
namespace {

std::vector<std::string> shipped_rules() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(PRUNEC_RULES_DIR)) {
    if (entry.path().extension() != ".prune") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    texts.push_back(std::move(text).str());
  }
  return texts;
}

class Spoiler {
 public:
  explicit Spoiler(unsigned seed) : random_(seed) {}

  std::string spoil(std::string text) {
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) spoil_once(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  void spoil_once(std::string& text) {
    using namespace std::string_literals;
    static const std::string kSigns = "{}=.,*|[]#\"%0123abc tie \n\0\xff\xc3():;/'+&<\xc3\xa9"s;
    if (text.empty()) text = "prunec 1";
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0:
        text.erase(at, 1 + below(12));
        break;
      case 1:
        text.insert(at, kSigns, below(kSigns.size()), 1 + below(4));
        break;
      case 2:
        text[at] = static_cast<char>(below(256));
        break;
      default:
        text.insert(at, text.substr(below(text.size()), 1 + below(40)));
    }
  }

  std::mt19937 random_;
};

void expect_judged(const std::string& text) {
  const auto file = std::make_shared<const SourceFile>("spoiled.prune", text);
  const auto checked = parse_and_check(file);
  EXPECT_EQ(checked.value.has_value(), !has_error(checked.diagnostics));
  for (const Diagnostic& diagnostic : checked.diagnostics) {
    EXPECT_FALSE(diagnostic.message.empty());
    EXPECT_EQ(diagnostic.message.find('\n'), std::string::npos);
    EXPECT_EQ(diagnostic.message.find("<EOF>"), std::string::npos);
    if (const auto* range = std::get_if<SourceRange>(&diagnostic.place)) {
      EXPECT_LE(range->span.begin, range->span.end);
      EXPECT_LE(range->span.end, text.size());
    }
  }
}

TEST(RulesFuzz, SpoiledRuleFilesAreJudged) {
  constexpr int kRounds = 1500;
  const std::vector<std::string> texts = shipped_rules();
  ASSERT_FALSE(texts.empty());
  Spoiler spoiler(20261124);
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = spoiler.spoil(texts[static_cast<std::size_t>(round) % texts.size()]);
    ASSERT_NO_THROW(expect_judged(text)) << "round " << round << ":\n" << text;
    if (HasFailure()) FAIL() << "round " << round << ":\n" << text;
  }
}

/// Found by spoiling: the brace that is thought to be there has no place in the text.
TEST(RulesFuzz, AnUnclosedTextBeforeAnUnclosedStrategy) {
  expect_judged("prunec 1\narchitecture a\nsite b = c\nstrategy s \"text\n\" {\n  prune b\n}\n");
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// The editor files name every keyword of the lexer and every policy and rounding, and nothing else under those names.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "compiler/plan/policies.h"
#include "compiler/source/file_io.h"
#include "compiler/syntax/lexemes.h"

namespace prunec {
namespace {

using Words = std::set<std::string>;

std::string text_of(const std::string& file) {
  return std::get<std::string>(read_file(PRUNEC_ROOT "/grammar/editors/" + file));
}

Words language_keywords() {
  const auto words = keywords();
  return {words.begin(), words.end()};
}

Words policies() {
  const auto names = policy_names();
  return {names.begin(), names.end()};
}

Words roundings() {
  Words names;
  for (const Rounding rounding : {Rounding::kUp, Rounding::kDown, Rounding::kNearest}) names.emplace(to_string(rounding));
  return names;
}

/// The words of the alternatives in a regular expression: what is neither a class nor an escape.
Words words_of(std::string pattern) {
  pattern = std::regex_replace(pattern, std::regex(R"(\[[^\]]*\]|\\.)"), " ");
  Words words;
  const std::regex word("[a-z][a-z0-9-]+");
  for (std::sregex_iterator it(pattern.begin(), pattern.end(), word), end; it != end; ++it) words.insert(it->str());
  return words;
}

/// The words of one group of a Vim syntax file, without the options of their lines.
Words vim_keywords(const std::string& group) {
  Words words;
  std::istringstream lines(text_of("vim/syntax/prune.vim"));
  const std::string head = "syntax keyword " + group + " ";
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(head)) continue;
    std::istringstream rest(line.substr(head.size()));
    for (std::string word; rest >> word;) {
      if (word != "contained" && word != "skipwhite" && !word.starts_with("nextgroup=")) words.insert(word);
    }
  }
  return words;
}

TEST(Lexemes, KeywordsAreThoseOfTheGrammar) {
  const Words words = language_keywords();
  EXPECT_GT(words.size(), 15u);
  std::istringstream grammar(std::get<std::string>(read_file(PRUNEC_ROOT "/grammar/PruneLexer.g4")));
  Words declared;
  for (std::string line; std::getline(grammar, line);) {
    if (line.starts_with("KW_")) declared.insert(line.substr(line.find('\'') + 1, line.rfind('\'') - line.find('\'') - 1));
  }
  EXPECT_EQ(words, declared);
}

TEST(TextMate, NamesTheKeywordsAndNothingElse) {
  const auto grammar = nlohmann::json::parse(text_of("prune.tmLanguage.json"));
  EXPECT_EQ(words_of(grammar["repository"]["keywords"]["match"]), language_keywords());
}

TEST(TextMate, RulesAreAboutKeywordsPoliciesAndRoundings) {
  const auto grammar = nlohmann::json::parse(text_of("prune.tmLanguage.json"));
  Words known = language_keywords();
  known.merge(policies());
  known.merge(roundings());
  Words named;
  for (const auto& entry : grammar["repository"].items()) {
    const auto patterns = entry.value().contains("patterns") ? entry.value()["patterns"] : nlohmann::json::array({entry.value()});
    for (const auto& pattern : patterns) {
      for (const std::string& word : words_of(pattern["match"])) {
        EXPECT_TRUE(known.contains(word)) << entry.key() << ": " << word;
        named.insert(word);
      }
    }
  }
  EXPECT_EQ(named, known);
}

TEST(Vim, NamesTheKeywordsPoliciesAndRoundings) {
  EXPECT_EQ(vim_keywords("pruneKeyword"), language_keywords());
  EXPECT_EQ(vim_keywords("prunePolicy"), policies());
  EXPECT_EQ(vim_keywords("pruneRounding"), roundings());
}

}  // namespace
}  // namespace prunec

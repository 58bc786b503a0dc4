// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/parse.h"

#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck.h>
#include <string>

namespace prunec {
namespace {

Parsed parsed(const std::string& text) {
  return parse_tolerantly(std::make_shared<const SourceFile>("x.prune", text));
}

std::string first_code(const std::string& text) {
  const auto diagnostics = parsed(text).diagnostics;
  return diagnostics.empty() ? "" : info(diagnostics.front().code).id;
}

TEST(Parse, DumpsTheTree) {
  const Parsed file = parsed(
      "prunec 1\narchitecture net # a comment\n"
      "site bn = layer{s}.bn,\n          x.{s=2..} where kind = a\n"
      "default strategy all\n"
      "strategy base { prune bn }\n"
      "strategy all \"text\" extends base {\n"
      "  skip last 2 of bn[s=1|3]\n  skip a.b\n  tie bn across s by max carrying y.{s}\n  divisible 8 round down of bn\n  ratio 2.5%\n  "
      "threshold 1e-3\n}\n");
  EXPECT_TRUE(file.diagnostics.empty());
  EXPECT_EQ(dump(file.file),
            "prunec 1\narchitecture net\n"
            "site bn\n  pattern layer{s}.bn\n  pattern x.{s=2..}\n  where kind = a\n"
            "default all\n"
            "strategy base\n  prune\n    site bn\n"
            "strategy all\n  text \"text\"\n  extends base\n"
            "  skip last 2\n    of bn [s=1|3]\n  skip\n    site path a.b\n"
            "  tie\n    site bn\n    across s\n    by max\n    carrying path y.{s}\n"
            "  divisible 8\n    of bn\n    round down\n  ratio 2.5%\n  threshold 0.001\n");
}

TEST(Parse, EqualityIsBlindToPlaces) {
  const auto a = parsed("prunec 1\narchitecture net\nstrategy all { prune a.b }\n").file;
  const auto b = parsed("# other\nprunec 1 architecture net\n\nstrategy   all {\n prune a.b # x\n}").file;
  EXPECT_EQ(a, b);
  EXPECT_FALSE(a == parsed("prunec 1\narchitecture net\nstrategy all { prune a.c }\n").file);
}

TEST(Parse, EveryNodeLiesInTheText) {
  const std::string text = "\xEF\xBB\xBFprunec 1\narchitecture net # \xE6\x97\xA5\nstrategy all \"\xC3\xB6\" {\n  prune bn1, a.b[s=1]\n}\n";
  const Parsed file = parsed(text);
  ASSERT_TRUE(file.diagnostics.empty());
  const auto& strategy = std::get<ast::Strategy>(file.file.items.at(0));
  EXPECT_EQ(file.file.source->text(strategy.name.at), "all");
  EXPECT_EQ(strategy.description->text, "\xC3\xB6");
  const auto& prune = std::get<ast::Prune>(strategy.statements.at(0));
  EXPECT_EQ(file.file.source->text(prune.at), "prune bn1, a.b[s=1]");
  EXPECT_EQ(file.file.source->text(prune.sites.at(1).filters.at(0).at), "s=1");
}

TEST(Parse, LineBreaksOfWindowsAreFine) {
  EXPECT_EQ(first_code("prunec 1\r\narchitecture net\r\nstrategy all {\r\n  prune a.b\r\n}\r\n"), "");
}

TEST(Parse, OtherEncodingsGiveOneMessage) {
  using namespace std::string_literals;
  for (const std::string& text :
       {"prunec 1\rarchitecture net\r"s, "\xFF\xFEp\0r\0u\0"s, "\xFE\xFF\0p\0r"s, "prunec 1\n\0"s, "prunec 1\n\xFC"s}) {
    const auto file = parse(std::make_shared<const SourceFile>("x.prune", text));
    ASSERT_EQ(file.diagnostics.size(), 1u) << text;
    EXPECT_EQ(file.diagnostics[0].code, Code::kP0102);
  }
}

TEST(Parse, TextOfAnotherKindGivesOneMessage) {
  for (const char* text :
       {"import torch\n\ndef f(self):\n    return {'a': [1, 2]}\n", "{\"sites\": [\"a\"], \"n\": 1}", "<html>\n</html>"}) {
    const auto file = parse(std::make_shared<const SourceFile>("x.prune", text));
    ASSERT_EQ(file.diagnostics.size(), 1u) << text;
    EXPECT_EQ(file.diagnostics[0].code, Code::kP0105);
  }
}

TEST(Parse, TooLargeAFileIsNotRead) {
  EXPECT_EQ(first_code("prunec 1\n" + std::string((4u << 20) + 1, ' ')), "P0103");
}

TEST(Parse, ALongFileIsNoProblem) {
  std::string text = "prunec 1\narchitecture net\nstrategy all {\n";
  for (int i = 0; i < 5000; ++i) text += "  prune a.b" + std::to_string(i) + "\n";
  EXPECT_EQ(first_code(text + "}\n"), "");
  std::string list = "prunec 1\narchitecture net\nstrategy all { prune a.b";
  for (int i = 0; i < 5000; ++i) list += ", a.b" + std::to_string(i);
  EXPECT_EQ(first_code(list + " }\n"), "");
}

TEST(Parse, MistakesDoNotHideWhatFollows) {
  const Parsed file = parsed("prunec 1\narchitecture net\nsite = x\nsite b = y.z\nstrategy all {\n  tie across s\n  prune b\n}\n");
  EXPECT_EQ(file.diagnostics.size(), 2u);
  EXPECT_FALSE(file.all_sites);
  EXPECT_TRUE(file.all_strategies);
  ASSERT_EQ(file.file.items.size(), 2u);
  EXPECT_EQ(std::get<ast::Strategy>(file.file.items[1]).statements.size(), 1u);
}

TEST(Parse, AnyTextGivesATreeOrDiagnostics) {
  // Pieces of the language in any order reach the parser's recovery; bytes in any order would not get past the lexer.
  const std::vector<std::string> pieces = {"prunec 1\n",   "architecture ",
                                           "site ",        "strategy ",
                                           "default ",     "prune ",
                                           "skip ",        "first ",
                                           "3 ",           "tie ",
                                           "across ",      "by ",
                                           "carrying ",    "divisible ",
                                           "round ",       "ratio ",
                                           "40% ",         "threshold ",
                                           "0.1 ",         "{ ",
                                           "} ",           "[",
                                           "] ",           "= ",
                                           ", ",           "| ",
                                           "\"text\" ",    "\"open\n",
                                           "layer{s}.bn ", "layer{s.bn ",
                                           "x ",           "\n",
                                           "# c\n",        "; ",
                                           "where ",       "of ",
                                           "extends "};
  rc::check("no exception, no silent loss", [&] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
    std::string text = "prunec 1\narchitecture net\n";
    for (const std::string& part : parts) text += part;
    const Parsed file = parsed(text);
    for (const Diagnostic& diagnostic : file.diagnostics) {
      if (const auto* range = std::get_if<SourceRange>(&diagnostic.place))
        RC_ASSERT(range->span.begin <= range->span.end && range->span.end <= text.size());
      RC_ASSERT(diagnostic.message.find("something else") == std::string::npos);
      RC_ASSERT(diagnostic.message.find("EOF") == std::string::npos);
    }
  });
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// The examples in the pages of `prunec explain`: what must fail gives the page's code, what must pass gives nothing. The same for the
// language reference, where a failing example gives some error.

#include "compiler/diag/pages.h"

#include <gtest/gtest.h>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/check/lower.h"
#include "compiler/cli/model_check.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/source/file_io.h"

namespace prunec {
namespace {

struct Example {
  std::string kind, verdict, text;
};

std::vector<Example> examples_of(std::string_view page) {
  std::vector<Example> examples;
  std::istringstream lines{std::string(page)};
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      const auto space = line.find(' ');
      if (inside && space != std::string::npos) examples.push_back({line.substr(3, space - 3), line.substr(space + 1), ""});
    } else if (inside && !examples.empty()) {
      examples.back().text += line + "\n";
    }
  }
  return examples;
}

/// The installed rules, and the example itself by its path.
class PageRules : public RuleLibrary {
 public:
  std::variant<std::shared_ptr<const SourceFile>, NotFound> find(const std::string& name, const SourceFile& from) const override {
    if (name == from.path()) return std::make_shared<const SourceFile>(from);
    return FolderLibrary(PRUNEC_ROOT "/rules/example", {}).find(name, SourceFile(PRUNEC_ROOT "/rules/example", ""));
  }
};

/// Also held against a small network when the example asks for it.
Diagnostics judge(const Example& example) {
  auto source = std::make_shared<const SourceFile>("example", example.text);
  if (example.kind == "toml") return read_plan(source).diagnostics;
  auto rules = parse_and_check(source, PageRules());
  if (!rules || !example.verdict.ends_with(" facts")) return rules.diagnostics;
  const auto facts = cli::load_facts(PRUNEC_ROOT "/tests/support/pages.facts.json");
  EXPECT_TRUE(facts) << facts.diagnostics[0].message;
  append(rules.diagnostics, cli::check_with_facts(*facts, {lower(*rules, rules->default_strategy)}, {source}));
  return rules.diagnostics;
}

/// Codes of P01 to P04 whose failing input cannot stand on a page: bytes that are no text, very long files, two files. The example of
/// P0113 is a command, which tests/cli runs.
bool has_no_example(const std::string& id) {
  return id == "P0102" || id == "P0103" || id == "P0113" || id == "P0405";
}

TEST(Pages, ExamplesDoWhatTheySay) {
  for (const CodeInfo& code : all_codes()) {
    const auto examples = examples_of(page_of(code.code));
    const std::string id = code.id;
    const bool needs_model = id < "P0505" || id > "P0513";
    EXPECT_EQ(examples.empty(), (id >= "P0500" && needs_model) || has_no_example(id)) << id;
    for (const Example& example : examples) {
      const Diagnostics diagnostics = judge(example);
      if (example.verdict.starts_with("passes")) {
        EXPECT_TRUE(diagnostics.empty()) << id << ": " << (diagnostics.empty() ? "" : diagnostics[0].message);
        continue;
      }
      EXPECT_TRUE(example.verdict.starts_with("fails")) << example.verdict;
      ASSERT_FALSE(diagnostics.empty()) << id << "\n" << example.text;
      for (const Diagnostic& diagnostic : diagnostics) EXPECT_EQ(info(diagnostic.code).id, id) << diagnostic.message;
    }
  }
}

TEST(Reference, ExamplesDoWhatTheySay) {
  const auto examples = examples_of(std::get<std::string>(read_file(PRUNEC_ROOT "/grammar/LANGUAGE.md")));
  EXPECT_GT(examples.size(), 10u);
  for (const Example& example : examples) {
    const Diagnostics diagnostics = judge(example);
    EXPECT_EQ(example.verdict == "fails", has_error(diagnostics)) << example.text;
    EXPECT_TRUE(example.verdict == "fails" || diagnostics.empty()) << example.text;
  }
}

TEST(Reference, ShowsEveryKeyword) {
  const std::string text = std::get<std::string>(read_file(PRUNEC_ROOT "/grammar/LANGUAGE.md"));
  std::istringstream grammar(std::get<std::string>(read_file(PRUNEC_ROOT "/grammar/PruneLexer.g4")));
  std::size_t count = 0;
  for (std::string line; std::getline(grammar, line);) {
    if (!line.starts_with("KW_")) continue;
    const auto quote = line.find('\'');
    const std::string keyword = line.substr(quote + 1, line.find('\'', quote + 1) - quote - 1);
    EXPECT_NE(text.find(keyword), std::string::npos) << keyword;
    ++count;
  }
  EXPECT_GT(count, 15u);
}

}  // namespace
}  // namespace prunec

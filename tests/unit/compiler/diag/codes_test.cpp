// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/diag/pages.h"
#include "compiler/source/file_io.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

TEST(Codes, AreUniqueAndWellNamed) {
  std::set<std::string> ids, names;
  for (const CodeInfo& code : all_codes()) {
    EXPECT_TRUE(ids.insert(code.id).second) << code.id;
    EXPECT_TRUE(names.insert(code.name).second) << code.name;
    EXPECT_FALSE(std::string(code.name).starts_with("no-") && code.severity == Severity::kWarning) << "-Wno-... switches off";
    EXPECT_EQ(info(code.code).id, std::string(code.id));
    EXPECT_EQ(std::string(code.name).find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos) << code.name;
  }
}

TEST(Codes, EachHasAPage) {
  for (const CodeInfo& code : all_codes()) EXPECT_FALSE(page_of(code.code).empty()) << "write compiler/diag/pages/" << code.id << ".md";
}

/// What it means, what to do, and since when.
TEST(Codes, PagesSayWhatAReaderNeeds) {
  for (const CodeInfo& code : all_codes()) {
    const std::string_view page = page_of(code.code);
    const auto advice = page.find("\n## What to do\n\n");
    ASSERT_NE(advice, std::string_view::npos) << code.id;
    EXPECT_GT(advice, 60u) << code.id << " says too little of what it means";
    EXPECT_GT(page.find("\n\nSince 0."), advice) << code.id;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(page.front())) != 0 || page.front() == '`' || page.starts_with("prunec"))
        << code.id;
    // Without an example that runs, the page shows the message, or how it comes about.
    EXPECT_NE(page.find("```"), std::string_view::npos) << code.id << " has no example";
  }
}

/// The codes that a text names, as `kP0101` or `P0101`, outside of comments that begin with `sign`.
std::set<std::string> codes_in(const std::string& text, const std::string& sign) {
  std::set<std::string> codes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.find(sign), line.size()));
    for (auto at = line.find("P0"); at != std::string::npos; at = line.find("P0", at + 1)) {
      const std::string code = line.substr(at, 5);
      if (code.size() == 5 && code.find_first_not_of("0123456789", 1) == std::string::npos) codes.insert(code);
    }
  }
  return codes;
}

std::set<std::string> codes_below(const std::vector<std::string>& folders) {
  std::set<std::string> all;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(PRUNEC_ROOT) / folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending != ".cpp" && ending != ".h" && ending != ".py" && ending != ".sh") continue;
      if (entry.path().filename() == "codes_test.cpp") continue;
      const bool cpp = ending == ".cpp" || ending == ".h";
      all.merge(codes_in(std::get<std::string>(read_file(entry.path().string())), cpp ? "//" : "#"));
    }
  }
  return all;
}

TEST(Codes, CommentsShowNothing) {
  EXPECT_EQ(codes_in("EXPECT_EQ(code, Code::kP0601);  // not P0602\n// P0603\n\"P0604\"\n", "//"),
            (std::set<std::string>{"P0601", "P0604"}));
  EXPECT_EQ(codes_in("assert code == 'P0601'  # not P0602", "#"), std::set<std::string>{"P0601"});
  EXPECT_FALSE(codes_below({"tests"}).contains("P0999"));
}

/// Codes of the phases P01 to P04 have golden files; a test of theirs sees to that. Failing examples of the pages are run.
TEST(Codes, EachIsShownByATest) {
  const auto shown = codes_below({"tests"});
  for (const CodeInfo& code : all_codes()) {
    const bool runs = page_of(code.code).find("```prune fails") != std::string_view::npos;
    EXPECT_TRUE(std::string_view(code.id) < "P0500" || runs || shown.contains(code.id)) << code.id << " is named by no test";
  }
}

TEST(Codes, EachIsGivenSomewhere) {
  const auto given = codes_below({"compiler", "runtime"});
  for (const CodeInfo& code : all_codes()) EXPECT_TRUE(given.contains(code.id)) << code.id << " is given by nothing";
}

}  // namespace
}  // namespace prunec

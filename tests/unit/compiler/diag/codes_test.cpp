// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/diag/pages.h"

namespace prunec {
namespace {

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

}  // namespace
}  // namespace prunec

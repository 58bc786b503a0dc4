// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// The messages that a decision record shows as ours are those that its rule files get.

#include <gtest/gtest.h>
#include <memory>
#include <sstream>
#include <string>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/source/file_io.h"

namespace prunec {
namespace {

/// The text of the next block that begins with this line, at or behind `from`, which moves behind it; empty when there is none.
std::string next_block(const std::string& page, const std::string& fence, std::size_t& from) {
  const std::size_t begin = page.find(fence + "\n", from);
  if (begin == std::string::npos) return "";
  const std::size_t text = begin + fence.size() + 1;
  from = page.find("```", text);
  return page.substr(text, from - text);
}

TEST(Decisions, OurMessagesAreWhatTheRecordSays) {
  const std::string page = std::get<std::string>(read_file(PRUNEC_ROOT "/grammar/decisions/0001-diagnostics.md"));
  std::size_t count = 0;
  for (std::size_t at = 0;; ++count) {
    const std::string rules = next_block(page, "```prune fails", at);
    if (rules.empty()) break;
    std::ostringstream said;
    render_text(said, parse_and_check(std::make_shared<const SourceFile>("net.prune", rules)).diagnostics, false);
    EXPECT_EQ(said.str(), next_block(page, "```text", at));
    // The table quotes the first line without its place.
    const std::string first = said.str().substr(0, said.str().find('\n'));
    EXPECT_NE(page.find("``" + first.substr(first.find("error["))), std::string::npos) << first;
  }
  EXPECT_EQ(count, 6u);
}

}  // namespace
}  // namespace prunec

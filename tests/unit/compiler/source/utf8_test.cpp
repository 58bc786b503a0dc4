// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/utf8.h"

#include <gtest/gtest.h>
#include <string>

namespace prunec {
namespace {

TEST(Utf8, FindsWhatIsMalformed) {
  EXPECT_FALSE(find_malformed_utf8("plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x98\x80"));
  EXPECT_EQ(find_malformed_utf8("caf\xE9"), 3u);
  EXPECT_EQ(find_malformed_utf8("\xC0\xAF"), 0u) << "overlong";
  EXPECT_EQ(find_malformed_utf8("\xED\xA0\x80"), 0u) << "surrogate";
  EXPECT_EQ(find_malformed_utf8("\xF4\x90\x80\x80"), 0u) << "beyond Unicode";
  EXPECT_EQ(find_malformed_utf8("a\xE2\x82"), 1u) << "cut off";
}

TEST(Utf8, MeasuresWidth) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("\xE6\x97\xA5\xE6\x9C\xAC"), 4u);
  EXPECT_EQ(display_width("e\xCC\x81"), 1u);
  EXPECT_EQ(count_code_points("e\xCC\x81"), 2u);
  EXPECT_EQ(display_width("\xFF"), 1u);
}

}  // namespace
}  // namespace prunec

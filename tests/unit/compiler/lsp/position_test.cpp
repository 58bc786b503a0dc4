// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/position.h"

#include <gtest/gtest.h>

#include "compiler/lsp/uri.h"

namespace prunec::lsp {
namespace {

const SourceFile kText("net.prune", "a\n\xF0\x9F\x9A\x80x\xE4\xB8\xAD\r\n");  // rocket, x, a Chinese sign

TEST(Position, CountsInTheUnitsOfTheEncoding) {
  EXPECT_EQ(position_of(kText, 2, Encoding::kUtf16), (Position{1, 0}));
  EXPECT_EQ(position_of(kText, 6, Encoding::kUtf16), (Position{1, 2}));
  EXPECT_EQ(position_of(kText, 10, Encoding::kUtf16), (Position{1, 4}));
  EXPECT_EQ(position_of(kText, 10, Encoding::kUtf8), (Position{1, 8}));
  EXPECT_EQ(position_of(kText, 999, Encoding::kUtf16), (Position{2, 0}));
}

TEST(Position, AndBack) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16}) {
    for (const std::size_t offset : {0, 1, 2, 6, 7, 10, 12})
      EXPECT_EQ(offset_of(kText, position_of(kText, offset, encoding), encoding), offset);
  }
}

TEST(Position, BehindAnEndMeansThatEndAndInsideASignItsStart) {
  EXPECT_EQ(offset_of(kText, {1, 1}, Encoding::kUtf16), 2u);
  EXPECT_EQ(offset_of(kText, {1, 3}, Encoding::kUtf8), 2u);
  EXPECT_EQ(offset_of(kText, {0, 99}, Encoding::kUtf16), 1u);
  EXPECT_EQ(offset_of(kText, {1, 99}, Encoding::kUtf16), 10u);
  EXPECT_EQ(offset_of(kText, {99, 0}, Encoding::kUtf16), 12u);
}

TEST(Uri, PathsAndBack) {
  EXPECT_EQ(path_of("file:///a%20b/%C3%A9.prune"), "/a b/\xC3\xA9.prune");
  EXPECT_EQ(path_of("file://host/a"), "/a");
  EXPECT_EQ(path_of("file:///a%2"), "/a%2");
  EXPECT_EQ(path_of("file:///a%zz"), "/a%zz");
  EXPECT_EQ(path_of("file:"), "file:");
  EXPECT_EQ(path_of("file://"), "");
  EXPECT_EQ(path_of("untitled:Untitled-1"), "untitled:Untitled-1");
  EXPECT_EQ(uri_of("/a b/\xC3\xA9.prune"), "file:///a%20b/%C3%A9.prune");
  EXPECT_EQ(uri_of("/a/../b"), "file:///b");
}

}  // namespace
}  // namespace prunec::lsp

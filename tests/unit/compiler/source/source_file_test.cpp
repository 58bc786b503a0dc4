// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/source_file.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace prunec {
namespace {

TEST(SourceFile, CountsLinesFromOneAndColumnsInCodePoints) {
  const SourceFile file("a.prune", "one\nzw\xC3\xB6lf x\r\n\nend");
  EXPECT_EQ(file.line_count(), 4u);
  EXPECT_EQ(file.line_column(0), (LineColumn{1, 1}));
  EXPECT_EQ(file.line_column(3), (LineColumn{1, 4}));
  EXPECT_EQ(file.line_column(file.text().find('x')), (LineColumn{2, 7}));
  EXPECT_EQ(file.line_column(file.text().size()), (LineColumn{4, 4}));
  EXPECT_EQ(file.line_column(1000), (LineColumn{4, 4}));
}

TEST(SourceFile, GivesLinesWithoutTheirBreaks) {
  const SourceFile file("a.prune", "one\ntwo\r\n\nend");
  EXPECT_EQ(file.line(1), "one");
  EXPECT_EQ(file.line(2), "two");
  EXPECT_EQ(file.line(3), "");
  EXPECT_EQ(file.line(4), "end");
  EXPECT_EQ(SourceFile("", "").line(1), "");
}

TEST(SourceFile, RefusesSpansOutsideOfTheText) {
  const SourceFile file("a.prune", "one");
  EXPECT_EQ(file.text({1, 3}), "ne");
  EXPECT_THROW(file.text({1, 4}), std::out_of_range);
  EXPECT_THROW(file.text({2, 1}), std::out_of_range);
}

}  // namespace
}  // namespace prunec

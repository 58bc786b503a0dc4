// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A line of source on a terminal, with marks below it. Private to compiler/diag.
#pragma once

#include <string>
#include <string_view>

#include "compiler/source/source_file.h"

namespace prunec::render {

struct MarkedLine {
  std::string text;       ///< the line as it can be shown: tabs spread, control signs and broken bytes replaced, long lines cut
  std::size_t begin = 0;  ///< columns of the terminal before the marks
  std::size_t width = 1;  ///< columns that are marked, at least one
};

/// The line that `span` begins in. A longer span is marked up to the end of that line.
MarkedLine marked_line(const SourceFile& file, Span span);

/// One line that is safe for a terminal.
std::string printable(std::string_view text);

}  // namespace prunec::render

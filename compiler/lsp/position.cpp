// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/position.h"

#include <algorithm>
#include <string_view>

#include "compiler/source/utf8.h"

namespace prunec::lsp {
namespace {

/// Code points outside the basic plane, four bytes long in UTF-8, are two units of UTF-16.
std::size_t units(std::size_t bytes, Encoding encoding) {
  return encoding == Encoding::kUtf8 ? bytes : bytes == 4 ? 2 : 1;
}

}  // namespace

Position position_of(const SourceFile& source, std::size_t offset, Encoding encoding) {
  offset = std::min(offset, source.text().size());
  const std::size_t line = source.line_column(offset).line;
  Position position{line - 1, 0};
  for (std::size_t at = source.line_start(line); at < offset;) {
    const std::size_t length = code_point_length(source.text(), at);
    position.character += units(length, encoding);
    at += length;
  }
  return position;
}

std::size_t offset_of(const SourceFile& source, Position position, Encoding encoding) {
  if (position.line >= source.line_count()) return source.text().size();
  const std::string_view line = source.line(position.line + 1);
  std::size_t at = 0;
  for (std::size_t character = 0; at < line.size();) {
    const std::size_t length = code_point_length(line, at);
    character += units(length, encoding);
    if (character > position.character) break;
    at += length;
  }
  return source.line_start(position.line + 1) + at;
}

}  // namespace prunec::lsp

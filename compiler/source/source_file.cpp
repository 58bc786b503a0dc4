// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/source_file.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "compiler/source/utf8.h"

namespace prunec {

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

std::string_view SourceFile::text(Span span) const {
  if (span.begin > span.end || span.end > text_.size()) throw std::out_of_range("a span lies outside its file");
  return text().substr(span.begin, span.end - span.begin);
}

LineColumn SourceFile::line_column(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(next - line_starts_.begin());
  const std::size_t start = line_start(line);
  return {line, count_code_points(text().substr(start, offset - start)) + 1};
}

std::string_view SourceFile::line(std::size_t number) const {
  const std::size_t start = line_start(number);
  const std::size_t end = number < line_count() ? line_start(number + 1) - 1 : text_.size();
  std::string_view line = text().substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diag/marked_line.h"

#include <algorithm>

#include "compiler/source/utf8.h"

namespace prunec::render {
namespace {

constexpr std::size_t kTab = 4;
/// Longer lines are cut around the marks.
constexpr std::size_t kWidest = 160;
constexpr std::size_t kBeforeMarks = 60;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Appends one code point as it can be shown.
void append_shown(std::string& shown, std::string_view code_point) {
  const auto first = static_cast<unsigned char>(code_point.front());
  if (code_point == "\t") {
    shown.append(kTab - display_width(shown) % kTab, ' ');
  } else if (first < 0x20 || first == 0x7F) {
    shown += '?';
  } else if (find_malformed_utf8(code_point)) {
    shown += kReplacement;
  } else {
    shown += code_point;
  }
}

/// Drops code points from the front until `columns` are gone; returns how many are.
std::size_t drop_columns(std::string& shown, std::size_t columns) {
  std::size_t bytes = 0, dropped = 0;
  while (bytes < shown.size() && dropped < columns) {
    const std::size_t length = code_point_length(shown, bytes);
    dropped += display_width(std::string_view(shown).substr(bytes, length));
    bytes += length;
  }
  shown.erase(0, bytes);
  return dropped;
}

void keep_columns(std::string& shown, std::size_t columns) {
  std::size_t bytes = 0, kept = 0;
  while (bytes < shown.size() && kept < columns) {
    const std::size_t length = code_point_length(shown, bytes);
    kept += display_width(std::string_view(shown).substr(bytes, length));
    bytes += length;
  }
  shown.resize(bytes);
}

void cut(MarkedLine& line) {
  if (display_width(line.text) <= kWidest) return;
  if (line.begin > kBeforeMarks) {
    const std::size_t dropped = drop_columns(line.text, line.begin - kBeforeMarks);
    line.text = "..." + line.text;
    line.begin = line.begin - dropped + 3;
  }
  if (display_width(line.text) > kWidest) {
    keep_columns(line.text, kWidest);
    line.text += "...";
  }
  line.width = std::min(line.width, kWidest - line.begin);
}

}  // namespace

MarkedLine marked_line(const SourceFile& file, Span span) {
  const std::size_t number = file.line_column(span.begin).line;
  const std::string_view text = file.line(number);
  const std::size_t start = file.line_start(number);
  const std::size_t begin = std::min(span.begin - start, text.size());
  const std::size_t end = std::clamp(span.end - start, begin, text.size());
  MarkedLine line;
  std::size_t end_column = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (i <= begin) line.begin = display_width(line.text);
    const std::size_t length = code_point_length(text, i);
    append_shown(line.text, text.substr(i, length));
    if (i < end) end_column = display_width(line.text);
    i += length;
  }
  if (begin == text.size()) line.begin = display_width(line.text);
  line.width = std::max<std::size_t>(1, end_column > line.begin ? end_column - line.begin : 1);
  cut(line);
  return line;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = code_point_length(text, i);
    append_shown(shown, text.substr(i, length));
    i += length;
  }
  return shown;
}

}  // namespace prunec::render

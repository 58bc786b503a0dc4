// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/format/diff.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace prunec {
namespace {

constexpr std::size_t kContext = 3;
/// Beyond this many pairs of lines, the changed middle is shown as one block.
constexpr std::size_t kMostPairs = std::size_t{1} << 24;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Edit {
  char sign;  ///< ' ', '-' or '+'
  std::string_view line;
};

/// Longest common subsequence of the parts between the common ends.
void diff_middle(const Lines& a, const Lines& b, std::vector<Edit>& edits) {
  if (a.size() * b.size() > kMostPairs) {
    for (const auto line : a) edits.push_back({'-', line});
    for (const auto line : b) edits.push_back({'+', line});
    return;
  }
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> common((a.size() + 1) * width);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      common[i * width + j] =
          a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1 : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      edits.push_back({' ', a[i++]});
      ++j;
    } else if (i < a.size() && (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      edits.push_back({'-', a[i++]});
    } else {
      edits.push_back({'+', b[j++]});
    }
  }
}

std::vector<Edit> diff(const Lines& a, const Lines& b) {
  std::vector<Edit> edits;
  std::size_t head = 0, tail = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) edits.push_back({' ', a[head++]});
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  diff_middle(middle(a), middle(b), edits);
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) edits.push_back({' ', a[i]});
  return edits;
}

std::string hunk(const std::vector<Edit>& edits, std::size_t begin, std::size_t end) {
  std::size_t a_first = 1, b_first = 1, a_count = 0, b_count = 0;
  for (std::size_t i = 0; i < end; ++i) {
    std::size_t& a = i < begin ? a_first : a_count;
    std::size_t& b = i < begin ? b_first : b_count;
    if (edits[i].sign != '+') ++a;
    if (edits[i].sign != '-') ++b;
  }
  const auto range = [](std::size_t first, std::size_t count) {
    return std::to_string(count == 0 ? first - 1 : first) + "," + std::to_string(count);
  };
  std::string text = "@@ -" + range(a_first, a_count) + " +" + range(b_first, b_count) + " @@\n";
  for (std::size_t i = begin; i < end; ++i) {
    text += edits[i].sign + std::string(edits[i].line);
    if (!edits[i].line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
  }
  return text;
}

}  // namespace

std::string unified_diff(const std::string& path, const std::string& before, const std::string& after) {
  if (before == after) return "";
  const std::vector<Edit> edits = diff(lines_of(before), lines_of(after));
  std::string text = "--- " + path + "\n+++ " + path + "\n";
  for (std::size_t i = 0; i < edits.size();) {
    if (edits[i].sign == ' ') {
      ++i;
      continue;
    }
    const std::size_t begin = i < kContext ? 0 : i - kContext;
    std::size_t end = i, quiet = 0;
    while (end < edits.size() && quiet < 2 * kContext) quiet = edits[end++].sign == ' ' ? quiet + 1 : 0;
    i = end;
    if (quiet > kContext) end -= quiet - kContext;
    text += hunk(edits, begin, end);
  }
  return text;
}

}  // namespace prunec

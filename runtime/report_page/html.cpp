// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report_page/html.h"

#include <array>
#include <cstdio>

namespace prunec::report_page {

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
          result += "\xEF\xBF\xBD";
        } else {
          result += c;
        }
    }
  }
  return result;
}

std::string formatted(const char* format, double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > (value < 0 ? 1 : 0); i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

double left(const Change& change) {
  return change.before <= 0 ? 1 : static_cast<double>(change.after) / static_cast<double>(change.before);
}

std::string percent_gone(const Change& change) {
  const double percent = 100 * (left(change) - 1);
  return (percent < 0 ? "\u2212" : percent > 0 ? "+" : "") + formatted("%.1f", percent < 0 ? -percent : percent) + "\u00A0%";
}

std::string fact(std::string_view name, const std::string& value) {
  return "<tr><th scope=\"row\">" + std::string(name) + "</th><td>" + value + "</td></tr>\n";
}

}  // namespace prunec::report_page

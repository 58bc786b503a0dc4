// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Text in columns, for terminals.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

namespace prunec::cli {

/// printf into a string of at most 63 bytes: for numbers.
template <typename... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

/// 11689512 as "11,689,512".
std::string grouped(std::int64_t value);

std::string padded_left(const std::string& text, std::size_t width);
std::string padded_right(const std::string& text, std::size_t width);

}  // namespace prunec::cli

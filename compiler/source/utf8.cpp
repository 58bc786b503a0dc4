// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace prunec {
namespace {

struct Decoded {
  char32_t value = 0;
  std::size_t length = 1;
  bool well_formed = false;
};

/// Lengths, smallest values and surrogates follow the table of well-formed sequences in the Unicode standard.
Decoded decode(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(offset);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || offset + length > text.size()) return {};
  char32_t value = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(offset + i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(offset + i) & 0x3Fu);
  }
  static constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length, true};
}

struct Interval {
  char32_t first, last;
};

bool within(char32_t value, const auto& intervals) {
  return std::any_of(intervals.begin(), intervals.end(), [&](const Interval& i) { return i.first <= value && value <= i.last; });
}

constexpr std::array<Interval, 8> kZeroWidth = {{{0x0300, 0x036F},
                                                 {0x0483, 0x0489},
                                                 {0x0591, 0x05BD},
                                                 {0x1AB0, 0x1AFF},
                                                 {0x1DC0, 0x1DFF},
                                                 {0x200B, 0x200F},
                                                 {0x20D0, 0x20FF},
                                                 {0xFE00, 0xFE0F}}};
constexpr std::array<Interval, 9> kWide = {{{0x1100, 0x115F},
                                            {0x2E80, 0x303E},
                                            {0x3041, 0xA4CF},
                                            {0xAC00, 0xD7A3},
                                            {0xF900, 0xFAFF},
                                            {0xFE30, 0xFE6F},
                                            {0xFF00, 0xFF60},
                                            {0x1F300, 0x1FAFF},
                                            {0x20000, 0x3FFFD}}};

std::size_t width_of(char32_t value) {
  if (within(value, kZeroWidth)) return 0;
  return within(value, kWide) ? 2 : 1;
}

}  // namespace

std::size_t code_point_length(std::string_view text, std::size_t offset) {
  return decode(text, offset).length;
}

char32_t code_point_at(std::string_view text, std::size_t offset) {
  return decode(text, offset).value;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += code_point_length(text, i)) ++count;
  return count;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode(text, i);
    width += decoded.well_formed ? width_of(decoded.value) : 1;
    i += decoded.length;
  }
  return width;
}

std::optional<std::size_t> find_malformed_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode(text, i);
    if (!decoded.well_formed) return i;
    i += decoded.length;
  }
  return std::nullopt;
}

}  // namespace prunec

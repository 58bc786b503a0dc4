// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/values.h"

#include <charconv>
#include <cmath>

#include "compiler/diag/nearest.h"

namespace prunec::syntax {
namespace {

ast::Extent extent(Span span) {
  return ast::Extent{span};
}

void report(Mistakes& mistakes, Span word, const PatternError& error) {
  const std::size_t begin = std::min(word.begin + error.offset, word.end);
  mistakes.add(Code::kP0107, {begin, std::min(begin + error.length, word.end)}, error.message, error.help);
}

}  // namespace

bool is_path(std::string_view word) {
  return word.find_first_of(".*{}") != std::string_view::npos;
}

std::optional<ast::Word> read_name(Mistakes& mistakes, Span span) {
  const std::string text(mistakes.source()->text(span));
  const std::size_t bad = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
  if (bad == std::string::npos) return ast::Word{text, extent(span)};
  mistakes.add(Code::kP0101, span, "a name was expected here, but `" + text + "` is a path", "a name holds letters, digits, `_` and `-`");
  return std::nullopt;
}

std::optional<ast::Pattern> read_pattern(Mistakes& mistakes, Span span) {
  auto read = parse_pattern(mistakes.source()->text(span));
  if (auto* pattern = std::get_if<PathPattern>(&read)) return ast::Pattern{std::move(*pattern), extent(span)};
  report(mistakes, span, std::get<PatternError>(read));
  return std::nullopt;
}

std::optional<CaptureRange> read_values(Mistakes& mistakes, Span span) {
  std::string text(mistakes.source()->text(span));
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  auto read = parse_range(text);
  if (auto* range = std::get_if<CaptureRange>(&read)) return std::move(*range);
  auto& error = std::get<PatternError>(read);
  // Offsets fit the text only when it has no space between its words.
  if (text.size() != span.end - span.begin) error.offset = 0, error.length = span.end - span.begin;
  report(mistakes, span, error);
  return std::nullopt;
}

std::optional<ast::WholeNumber> read_whole_number(Mistakes& mistakes, Span span) {
  const std::string_view text = mistakes.source()->text(span);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return ast::WholeNumber{value, extent(span)};
  mistakes.add(Code::kP0104, span, "the number is too large");
  return std::nullopt;
}

std::optional<ast::Number> read_number(Mistakes& mistakes, Span span) {
  const std::string_view text = mistakes.source()->text(span);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && std::isfinite(value)) return ast::Number{value, extent(span)};
  mistakes.add(Code::kP0104, span, "the number is too large or too small to work with");
  return std::nullopt;
}

std::optional<Rounding> read_rounding(Mistakes& mistakes, Span span) {
  const std::string word(mistakes.source()->text(span));
  for (const Rounding rounding : {Rounding::kUp, Rounding::kDown, Rounding::kNearest}) {
    if (word == to_string(rounding)) return rounding;
  }
  mistakes.add(Code::kP0101, span, "expected `up`, `down` or `nearest` after `round`", did_you_mean(word, {"up", "down", "nearest"}));
  return std::nullopt;
}

ast::Word read_text(const Mistakes& mistakes, Span span) {
  std::string_view text = mistakes.source()->text(span);
  text.remove_prefix(1);
  if (text.ends_with('"')) text.remove_suffix(1);
  return {std::string(text), extent(span)};
}

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "compiler/diag/nearest.h"

namespace prunec::syntax {
namespace {

constexpr const char* kNameSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

ast::Extent extent(Span span) {
  return ast::Extent{span};
}

void report(Mistakes& mistakes, Span word, const PatternError& error) {
  const std::size_t begin = std::min(word.begin + error.offset, word.end);
  mistakes.add(Code::kP0107, {begin, std::min(begin + error.length, word.end)}, error.message, error.help);
}

/// `0.025` gives `2.5`: the digits themselves are moved, so that no rounding shows.
std::string times_100(std::string text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos || text.find_first_of("eE") != std::string::npos) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, 100 * value).ptr};
  }
  text += "00";
  text.erase(dot, 1).insert(dot + 2, ".");
  text.erase(0, std::min(text.find_first_not_of('0'), text.find('.') - 1));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

bool is_path(std::string_view word) {
  return word.find_first_of(".*{}") != std::string_view::npos;
}

std::optional<ast::Word> read_name(Mistakes& mistakes, Span span) {
  if (mistakes.any_at(span.begin)) return std::nullopt;
  const std::string text(mistakes.source()->text(span));
  const std::size_t bad = text.find_first_not_of(kNameSigns);
  if (bad == std::string::npos) return ast::Word{text, extent(span)};
  mistakes.add(Code::kP0101, span, "a name was expected here, but `" + text + "` is a path", "a name holds letters, digits, `_` and `-`");
  return std::nullopt;
}

std::optional<ast::Word> read_reference(Mistakes& mistakes, Span span) {
  if (mistakes.any_at(span.begin)) return std::nullopt;
  const std::string text(mistakes.source()->text(span));
  if (text.find('.') == std::string::npos) return read_name(mistakes, span);
  bool good = true;
  for (std::size_t begin = 0; good && begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    good = end > begin && text.find_first_not_of(kNameSigns, begin) >= end;
    begin = end + 1;
  }
  if (good) return ast::Word{text, extent(span)};
  mistakes.add(
      Code::kP0101, span, "a name was expected here, but `" + text + "` is a path",
      "a name holds letters, digits, `_` and `-`; one of a file that is used has that file's name before it, as in `resnet50.all`");
  return std::nullopt;
}

std::optional<ast::Pattern> read_module(Mistakes& mistakes, Span span) {
  auto read = read_pattern(mistakes, span);
  if (!read) return std::nullopt;
  const std::string_view text = mistakes.source()->text(span);
  if (text.find_first_of("*{") == std::string_view::npos) return read;
  mistakes.add(Code::kP0101, span, "expected the path of one module after `under`",
               "write it without captures and stars, for example `under backbone.body`");
  return std::nullopt;
}

std::optional<ast::Pattern> read_pattern(Mistakes& mistakes, Span span) {
  if (mistakes.any_at(span.begin)) return std::nullopt;
  auto read = parse_pattern(mistakes.source()->text(span));
  if (auto* pattern = std::get_if<PathPattern>(&read)) return ast::Pattern{std::move(*pattern), extent(span)};
  report(mistakes, span, std::get<PatternError>(read));
  return std::nullopt;
}

std::optional<CaptureRange> read_values(Mistakes& mistakes, Span span) {
  if (mistakes.any_in(span)) return std::nullopt;
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

std::optional<std::size_t> read_choice(Mistakes& mistakes, Span span, const std::vector<std::string>& names, const std::string& after) {
  if (mistakes.any_at(span.begin)) return std::nullopt;
  const std::string word(mistakes.source()->text(span));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (word == names[i]) return i;
  }
  Diagnostic& diagnostic = mistakes.add(Code::kP0101, span, "expected " + quoted_list(names) + " after `" + after + "`");
  // At the start of a line it is more likely the next statement than a misspelt choice.
  const SourceFile& source = *mistakes.source();
  const std::size_t line_start = source.line_start(source.line_column(span.begin).line);
  const bool first_on_line = source.text({line_start, span.begin}).find_first_not_of(" \t") == std::string_view::npos;
  if (!first_on_line) suggest(diagnostic, {mistakes.source(), span}, word, names);
  return std::nullopt;
}

void report_no_percent(Mistakes& mistakes, Span number, const std::string& what) {
  const std::string text(mistakes.source()->text(number));
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  Diagnostic& diagnostic =
      mistakes.add(Code::kP0101, {number.end, number.end}, "expected " + what, "write a share in percent, for example `40%`");
  // A lone 1 may mean all or a hundredth.
  if (value > 0 && value < 1) {
    diagnostic.fix = Fix{{mistakes.source(), number}, times_100(text) + "%"};
  } else if (value > 1 && value < 100) {
    diagnostic.fix = Fix{{mistakes.source(), {number.end, number.end}}, "%"};
  }
}

ast::Word read_text(const Mistakes& mistakes, Span span) {
  std::string_view text = mistakes.source()->text(span);
  text.remove_prefix(1);
  if (text.ends_with('"')) text.remove_suffix(1);
  return {std::string(text), extent(span)};
}

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/toml/document.h"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <sstream>
#include <toml.hpp>

#include "compiler/source/utf8.h"

namespace prunec::toml_text {
namespace {

/// toml11 reads nested values by recursion; a hostile file must not exhaust the stack. Our files nest three deep.
constexpr int kDeepestNesting = 32;

/// Line and column of the library to a span; its columns are bytes.
Span span_at(const SourceFile& source, const toml::source_location& location) {
  const std::size_t line = std::clamp<std::size_t>(location.line(), 1, source.line_count());
  const std::size_t end = source.line_start(line) + source.line(line).size();
  const std::size_t begin = std::min(source.line_start(line) + (location.column() > 0 ? location.column() - 1 : 0), end);
  return {begin, std::min(begin + location.region(), end)};
}

Value convert(const SourceFile& source, const toml::value& value) {
  Value result{Other{}, span_at(source, value.location())};
  if (value.is_boolean()) {
    result.data = value.as_boolean();
  } else if (value.is_integer()) {
    result.data = static_cast<std::int64_t>(value.as_integer());
  } else if (value.is_floating()) {
    result.data = static_cast<double>(value.as_floating());
  } else if (value.is_string()) {
    result.data = value.as_string().str;
  } else if (value.is_array()) {
    Array array;
    for (const toml::value& member : value.as_array()) array.push_back(convert(source, member));
    result.data = std::move(array);
  } else if (value.is_table()) {
    Table table;
    for (const auto& [key, member] : value.as_table()) table.emplace(key, convert(source, member));
    result.data = std::move(table);
  }
  return result;
}

/// The offset where brackets outside of texts and comments nest too deep.
std::optional<std::size_t> too_deep(std::string_view text) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote || c == '\n') quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepestNesting) return i;
    } else if (c == ']' || c == '}') {
      depth = std::max(0, depth - 1);
    }
  }
  return std::nullopt;
}

}  // namespace

std::variant<Table, Failure> parse(const SourceFile& source) {
  const std::string_view text = source.text();
  if (const auto malformed = find_malformed_utf8(text)) return Failure{{*malformed, *malformed + 1}};
  if (const auto zero = text.find('\0'); zero != std::string_view::npos) return Failure{{zero, zero + 1}};
  if (const auto deep = too_deep(text)) return Failure{{*deep, *deep + 1}};
  try {
    std::istringstream stream{std::string(text)};
    Value root = convert(source, toml::parse(stream, source.path()));
    return std::get<Table>(std::move(root.data));
  } catch (const toml::exception& error) {
    return Failure{span_at(source, error.location())};
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // the library lets the standard library's conversions throw
    return Failure{{0, 0}};
  }
}

std::string quote(const std::string& text) {
  static constexpr std::array<char, 17> kHex = {"0123456789ABCDEF"};
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += "\\u00";
      quoted += kHex[byte >> 4];
      quoted += kHex[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace prunec::toml_text

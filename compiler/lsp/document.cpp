// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/document.h"

#include <algorithm>
#include <utility>

namespace prunec::lsp {
namespace {

using nlohmann::json;

/// A negative or broken number is no place. nlohmann would turn it into one.
std::size_t place_number(const json& value) {
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0) throw json::other_error::create(501, "a place counts from 0", &value);
  return value.get<std::size_t>();
}

json position_json(const SourceFile& source, std::size_t offset, Encoding encoding) {
  const Position position = position_of(source, offset, encoding);
  return {{"line", position.line}, {"character", position.character}};
}

}  // namespace

std::size_t offset_in(const SourceFile& source, const json& position, Encoding encoding) {
  return offset_of(source, {place_number(position.at("line")), place_number(position.at("character"))}, encoding);
}

json range_json(const SourceFile& source, Span span, Encoding encoding) {
  return {{"start", position_json(source, span.begin, encoding)}, {"end", position_json(source, span.end, encoding)}};
}

json location_json(const View& view, Span span) {
  return {{"uri", view.document.uri}, {"range", range_json(view.source(), span, view.encoding)}};
}

void apply_change(Document& document, const json& change, Encoding encoding) {
  std::string text = change.at("text").get<std::string>();
  const SourceFile& old = *document.source;
  if (change.contains("range")) {
    const std::size_t begin = offset_in(old, change["range"].at("start"), encoding);
    const std::size_t end = std::max(begin, offset_in(old, change["range"].at("end"), encoding));
    text = std::string(old.text({0, begin})) + text + std::string(old.text({end, old.text().size()}));
  }
  document.source = std::make_shared<const SourceFile>(old.path(), std::move(text));
  document.diagnostics.reset();
}

}  // namespace prunec::lsp

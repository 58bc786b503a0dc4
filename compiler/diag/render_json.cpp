// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "compiler/diag/marked_line.h"
#include "compiler/diag/render.h"

namespace prunec {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;

Json position(const SourceFile& file, std::size_t offset) {
  const LineColumn where = file.line_column(offset);
  return {{"line", where.line}, {"column", where.column}, {"byte", offset}};
}

Json range(const SourceRange& range) {
  return {{"start", position(*range.file, range.span.begin)}, {"end", position(*range.file, range.span.end)}};
}

/// The keys of a place: `path` with `range`, or `layer`.
void add_place(Json& json, const Place& place) {
  if (const auto* source = std::get_if<SourceRange>(&place)) {
    json["path"] = source->file->path();
    json["range"] = range(*source);
  } else if (const auto* origin = std::get_if<Origin>(&place)) {
    json["path"] = origin->file;
    json["range"] = {{"start", {{"line", origin->line}, {"column", origin->column}}},
                     {"end", {{"line", origin->line}, {"column", origin->column + origin->length}}}};
  } else if (const auto* file = std::get_if<FilePlace>(&place)) {
    json["path"] = file->path;
  } else if (const auto* layer = std::get_if<LayerPlace>(&place)) {
    json["layer"] = layer->path;
  }
}

Json json_of(const Diagnostic& diagnostic) {
  const CodeInfo& code = info(diagnostic.code);
  Json json{{"code", code.id},
            {"name", code.name},
            {"severity", diagnostic.severity() == Severity::kError ? "error" : "warning"},
            {"message", diagnostic.message}};
  add_place(json, diagnostic.place);
  if (!diagnostic.label.empty()) json["label"] = diagnostic.label;
  json["labels"] = Json::array();
  for (const Label& label : diagnostic.labels) json["labels"].push_back({{"range", range(label.range)}, {"text", label.text}});
  json["notes"] = Json::array();
  for (const Note& note : diagnostic.notes) {
    Json entry{{"text", note.text}};
    add_place(entry, note.place);
    json["notes"].push_back(std::move(entry));
  }
  if (!diagnostic.help.empty()) json["help"] = diagnostic.help;
  if (diagnostic.fix) json["fix"] = {{"range", range(diagnostic.fix->range)}, {"text", diagnostic.fix->text}};
  return json;
}

}  // namespace

std::string render_json(const Diagnostics& diagnostics) {
  Json json{{"schema", kSchema}, {"diagnostics", Json::array()}};
  for (const Diagnostic& diagnostic : diagnostics) json["diagnostics"].push_back(json_of(diagnostic));
  // Messages quote the user's text, which need not be well-formed.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>
#include <set>

#include "compiler/diag/render.h"

namespace prunec {
namespace {

using Json = nlohmann::ordered_json;

Json region(const SourceRange& range) {
  const LineColumn begin = range.file->line_column(range.span.begin), end = range.file->line_column(range.span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

/// Null for a place that is no file.
Json location(const Place& place) {
  const auto physical = [](const std::string& path, const Json& area) {
    Json location{{"physicalLocation", {{"artifactLocation", {{"uri", path}}}}}};
    if (!area.is_null()) location["physicalLocation"]["region"] = area;
    return location;
  };
  if (const auto* range = std::get_if<SourceRange>(&place)) return physical(range->file->path(), region(*range));
  if (const auto* origin = std::get_if<Origin>(&place)) {
    return physical(origin->file,
                    {{"startLine", origin->line}, {"startColumn", origin->column}, {"endColumn", origin->column + origin->length}});
  }
  if (const auto* file = std::get_if<FilePlace>(&place)) return physical(file->path, nullptr);
  if (const auto* layer = std::get_if<LayerPlace>(&place)) {
    return {{"logicalLocations", Json::array({{{"fullyQualifiedName", layer->path}, {"kind", "module"}}})}};
  }
  return nullptr;
}

Json result(const Diagnostic& diagnostic) {
  std::string text = diagnostic.message;
  if (!diagnostic.help.empty()) text += "; " + diagnostic.help;
  Json result{{"ruleId", info(diagnostic.code).id},
              {"level", diagnostic.severity() == Severity::kError ? "error" : "warning"},
              {"message", {{"text", text}}}};
  const Json where = location(diagnostic.place);
  if (!where.is_null()) result["locations"] = Json::array({where});
  for (const Note& note : diagnostic.notes) {
    Json related = location(note.place);
    if (related.is_null()) related = Json::object();
    related["message"] = {{"text", note.text}};
    result["relatedLocations"].push_back(std::move(related));
  }
  return result;
}

}  // namespace

std::string render_sarif(const Diagnostics& diagnostics) {
  Json rules = Json::array(), results = Json::array();
  std::set<std::string> seen;
  for (const Diagnostic& diagnostic : diagnostics) {
    const CodeInfo& code = info(diagnostic.code);
    if (seen.insert(code.id).second)
      rules.push_back({{"id", code.id}, {"name", code.name}, {"shortDescription", {{"text", code.summary}}}});
    results.push_back(result(diagnostic));
  }
  const Json driver{{"name", "prunec"}, {"rules", rules}};
  const Json sarif{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({{{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}}})}};
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace prunec

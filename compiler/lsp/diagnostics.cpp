// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/diagnostics.h"

#include <string_view>
#include <variant>

#include "compiler/lsp/uri.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

std::string uri_in(const SourceFile& file, const View& view) {
  return file.path() == view.source().path() ? view.document.uri : uri_of(file.path());
}

/// "layer1.0.bn2: " before a remark about a place that no editor can open.
std::string spoken_place(const Place& place) {
  if (const auto* layer = std::get_if<LayerPlace>(&place)) return layer->path + ": ";
  if (const auto* file = std::get_if<FilePlace>(&place)) return file->path + ": ";
  if (const auto* origin = std::get_if<Origin>(&place))
    return origin->file + ":" + std::to_string(origin->line) + ":" + std::to_string(origin->column) + ": ";
  if (const auto* range = std::get_if<SourceRange>(&place))
    return "line " + std::to_string(range->file->line_column(range->span.begin).line) + ": ";
  return "";
}

/// The message and what belongs to it, and apart from it what a client can show as places.
class Remarks {
 public:
  Remarks(std::string message, const View& view, Related related) : text_(std::move(message)), view_(view), related_(related) {}

  void add(const char* kind, const Place& place, const std::string& remark) {
    const auto* range = std::get_if<SourceRange>(&place);
    if (range != nullptr && related_ == Related::kAsPlaces) {
      places_.push_back(
          {{"location", {{"uri", uri_in(*range->file, view_)}, {"range", range_json(*range->file, range->span, view_.encoding)}}},
           {"message", remark}});
    } else {
      text_ += std::string("\n") + kind + spoken_place(place) + remark;
    }
  }

  const std::string& text() const { return text_; }
  const json& places() const { return places_; }

 private:
  std::string text_;
  json places_ = json::array();
  const View& view_;
  Related related_;
};

const SourceFile& file_of(const Diagnostic& diagnostic, const View& view) {
  const auto* range = std::get_if<SourceRange>(&diagnostic.place);
  return range == nullptr ? view.source() : *range->file;
}

}  // namespace

json diagnostic_json(const Diagnostic& diagnostic, const View& view, Related related) {
  const auto* range = std::get_if<SourceRange>(&diagnostic.place);
  const Span span = range == nullptr ? Span{0, view.source().line(1).size()} : range->span;
  const auto* file = std::get_if<FilePlace>(&diagnostic.place);
  const bool here = range != nullptr || (file != nullptr && file->path == view.source().path());
  Remarks remarks((here ? "" : spoken_place(diagnostic.place)) + diagnostic.message, view, related);
  if (!diagnostic.label.empty()) remarks.add("", std::monostate{}, diagnostic.label);
  for (const Label& label : diagnostic.labels) remarks.add("note: ", label.range, label.text);
  for (const Note& note : diagnostic.notes) remarks.add("note: ", note.place, note.text);
  if (!diagnostic.help.empty()) remarks.add("help: ", std::monostate{}, diagnostic.help);

  const CodeInfo& code = info(diagnostic.code);
  json result = {{"range", range_json(file_of(diagnostic, view), span, view.encoding)},
                 {"severity", diagnostic.severity() == Severity::kError ? 1 : 2},
                 {"code", code.id},
                 {"source", "prunec"},
                 {"message", remarks.text()}};
  if (!remarks.places().empty()) result["relatedInformation"] = remarks.places();
  if (std::string_view(code.name).starts_with("unused-")) result["tags"] = {1};  // Unnecessary: editors grey it out
  return result;
}

std::map<std::string, json> diagnostics_by_file(const View& view, Related related) {
  std::map<std::string, json> files = {{view.document.uri, json::array()}};
  for (const Diagnostic& diagnostic : *view.document.diagnostics) {
    auto [file, is_new] = files.try_emplace(uri_in(file_of(diagnostic, view), view), json::array());
    file->second.push_back(diagnostic_json(diagnostic, view, related));
  }
  return files;
}

}  // namespace prunec::lsp

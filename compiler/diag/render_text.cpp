// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>
#include <type_traits>

#include "compiler/diag/marked_line.h"
#include "compiler/diag/render.h"
#include "compiler/source/utf8.h"

namespace prunec {
namespace {

using render::printable;

constexpr const char* kBold = "\033[1m";
constexpr const char* kRed = "\033[1;31m";
constexpr const char* kYellow = "\033[1;33m";
constexpr const char* kCyan = "\033[1;36m";
constexpr const char* kGreen = "\033[1;32m";
constexpr const char* kReset = "\033[0m";

/// "path:line:column", or what else the place has; empty for no place and for layers, which get a line of their own.
std::string place_text(const Place& place) {
  if (const auto* range = std::get_if<SourceRange>(&place)) {
    const LineColumn where = range->file->line_column(range->span.begin);
    return range->file->path() + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
  }
  if (const auto* origin = std::get_if<Origin>(&place)) {
    return origin->file + ":" + std::to_string(origin->line) + ":" + std::to_string(origin->column);
  }
  if (const auto* file = std::get_if<FilePlace>(&place)) return file->path;
  return "";
}

class TextRenderer {
 public:
  TextRenderer(std::ostream& out, bool colour) : out_(out), colour_(colour) {}

  void first_line(const Diagnostic& diagnostic) {
    const CodeInfo& code = info(diagnostic.code);
    const bool error = diagnostic.severity() == Severity::kError;
    const std::string place = place_text(diagnostic.place);
    if (!place.empty()) out_ << in(kBold) << printable(place) << ":" << in(kReset) << " ";
    out_ << in(error ? kRed : kYellow) << (error ? "error" : "warning") << "[" << code.id << "]" << in(kReset) << ": " << in(kBold)
         << printable(diagnostic.message) << in(kReset);
    if (code.severity == Severity::kWarning) out_ << " [-W" << (error ? "error=" : "") << code.name << "]";
    out_ << "\n";
  }

  void rest(const Diagnostic& diagnostic) {
    if (const auto* layer = std::get_if<LayerPlace>(&diagnostic.place)) out_ << "  layer: " << printable(layer->path) << "\n";
    if (const auto* range = std::get_if<SourceRange>(&diagnostic.place)) excerpt(*range, '^', diagnostic.label, in(kRed));
    for (const Label& label : diagnostic.labels) excerpt(label.range, '-', label.text, in(kCyan));
    for (const Note& note : diagnostic.notes) {
      out_ << "  " << in(kCyan) << "note" << in(kReset) << ": ";
      std::string place = place_text(note.place);
      if (const auto* layer = std::get_if<LayerPlace>(&note.place)) place = "`" + layer->path + "`";
      if (!place.empty()) out_ << printable(place) << ": ";
      out_ << printable(note.text) << "\n";
      if (const auto* range = std::get_if<SourceRange>(&note.place)) excerpt(*range, '-', "", in(kCyan));
    }
    if (!diagnostic.help.empty()) out_ << "  " << in(kGreen) << "help" << in(kReset) << ": " << printable(diagnostic.help) << "\n";
  }

 private:
  const char* in(const char* colour) const { return colour_ ? colour : ""; }

  void excerpt(const SourceRange& range, char mark, const std::string& label, const char* colour) {
    const render::MarkedLine line = render::marked_line(*range.file, range.span);
    const std::string number = std::to_string(range.file->line_column(range.span.begin).line);
    const std::string margin = std::string(number.size() < 3 ? 3 - number.size() : 0, ' ') + number;
    out_ << margin << " | " << line.text << "\n";
    out_ << std::string(margin.size(), ' ') << " | " << std::string(line.begin, ' ') << colour << std::string(line.width, mark);
    if (!label.empty()) out_ << " " << printable(label);
    out_ << (*colour != 0 ? kReset : "") << "\n";
  }

  std::ostream& out_;
  bool colour_;
};

Place resolved(const Place& place, const std::shared_ptr<const SourceFile>& source) {
  const auto* origin = std::get_if<Origin>(&place);
  if (origin == nullptr || origin->file != source->path() || origin->line == 0 || origin->line > source->line_count()) return place;
  const std::string_view line = source->line(origin->line);
  // Columns and lengths are code points.
  const auto walk = [&](std::size_t from, std::size_t steps) {
    for (; steps > 0 && from < line.size(); --steps) from += code_point_length(line, from);
    return from;
  };
  const std::size_t begin = walk(0, origin->column > 0 ? origin->column - 1 : 0);
  const std::size_t start = source->line_start(origin->line);
  return SourceRange{source, {start + begin, start + walk(begin, origin->length)}};
}

}  // namespace

void render_text(std::ostream& out, const Diagnostics& diagnostics, bool colour) {
  TextRenderer renderer(out, colour);
  for (const Diagnostic& diagnostic : diagnostics) {
    renderer.first_line(diagnostic);
    renderer.rest(diagnostic);
  }
}

void render_compact(std::ostream& out, const Diagnostics& diagnostics) {
  TextRenderer renderer(out, false);
  for (const Diagnostic& diagnostic : diagnostics) renderer.first_line(diagnostic);
}

Diagnostics with_source(Diagnostics diagnostics, const std::shared_ptr<const SourceFile>& source) {
  for (Diagnostic& diagnostic : diagnostics) {
    diagnostic.place = resolved(diagnostic.place, source);
    for (Note& note : diagnostic.notes) note.place = resolved(note.place, source);
  }
  return diagnostics;
}

Diagnostics with_sources(Diagnostics diagnostics, const std::vector<std::shared_ptr<const SourceFile>>& sources) {
  for (const auto& source : sources) diagnostics = with_source(std::move(diagnostics), source);
  return diagnostics;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string_view>

#include "compiler/diag/fixes.h"
#include "compiler/format/format.h"
#include "compiler/lsp/diagnostics.h"
#include "compiler/lsp/features.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

/// From one text to the other by whole lines, without those that both begin and end with: a cursor elsewhere stays where it is.
json line_edit(const View& view, const std::string& after) {
  const std::string_view before = view.source().text();
  if (before == after) return json::array();
  const auto [first, other] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  auto begin = static_cast<std::size_t>(first - before.begin());
  begin = begin == 0 ? 0 : before.rfind('\n', begin - 1) + 1;  // npos + 1 is 0
  std::size_t end = before.size(), after_end = after.size();
  while (end > begin && after_end > begin && before[end - 1] == after[after_end - 1]) --end, --after_end;
  while (end < before.size() && (end == begin || before[end - 1] != '\n')) ++end, ++after_end;
  return {{{"range", range_json(view.source(), {begin, end}, view.encoding)}, {"newText", after.substr(begin, after_end - begin)}}};
}

std::string title_of(const Fix& fix) {
  const std::string old(fix.range.file->text(fix.range.span));
  if (fix.text.empty()) return "Remove `" + old + "`";
  if (old.empty()) return "Insert `" + fix.text + "`";
  return "Replace `" + old + "` by `" + fix.text + "`";
}

json action(const View& view, const std::string& title, const char* kind, json edits) {
  return {{"title", title}, {"kind", kind}, {"edit", {{"changes", {{view.document.uri, std::move(edits)}}}}}};
}

bool touches(Span a, Span b) {
  return a.begin <= b.end && b.begin <= a.end;
}

}  // namespace

json formatting(const View& view) {
  const auto file = parse(view.document.source);
  return file ? line_edit(view, format_rules(*file)) : json(nullptr);
}

json code_actions(const View& view, Span range) {
  json actions = json::array();
  std::size_t fixes = 0;
  for (const Diagnostic& diagnostic : *view.document.diagnostics) {
    if (!diagnostic.fix || diagnostic.fix->range.file != view.document.source) continue;
    ++fixes;
    const auto* place = std::get_if<SourceRange>(&diagnostic.place);
    if (!touches(range, diagnostic.fix->range.span) && (place == nullptr || !touches(range, place->span))) continue;
    const json edit = {{"range", range_json(view.source(), diagnostic.fix->range.span, view.encoding)}, {"newText", diagnostic.fix->text}};
    json one = action(view, title_of(*diagnostic.fix), "quickfix", json::array({edit}));
    one["diagnostics"] = {diagnostic_json(diagnostic, view, Related::kAsText)};
    one["isPreferred"] = true;
    actions.push_back(std::move(one));
  }
  if (fixes > 0)
    actions.push_back(action(view, "Make all corrections that are certain", "source.fixAll.prunec",
                             line_edit(view, apply_fixes(*view.document.diagnostics, view.source()))));
  return actions;
}

}  // namespace prunec::lsp

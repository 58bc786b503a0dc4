// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/features.h"
#include "compiler/lsp/words.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

enum Kind { kNamespace = 3, kFunction = 12, kVariable = 13, kEvent = 24 };  // of the protocol

/// The first two words of an item are what it is and its name: `site bn1`, `default strategy`.
struct Head {
  std::string kind, name;
  Span name_span;
};

Head head_of(const View& view, const std::vector<Lexeme>& words, Span item) {
  Head head;
  for (const Lexeme& lexeme : words) {
    if (lexeme.kind == LexemeKind::kComment || lexeme.span.begin < item.begin || lexeme.span.end > item.end) continue;
    if (head.kind.empty()) {
      head = {std::string(view.source().text(lexeme.span)), "", lexeme.span};
    } else {
      head.name = view.source().text(lexeme.span);
      head.name_span = lexeme.span;
      break;
    }
  }
  return head;
}

json symbol(const View& view, const Head& head, Span whole, Kind kind) {
  return {{"name", head.name.empty() ? head.kind : head.name},
          {"detail", head.kind},
          {"kind", static_cast<int>(kind)},
          {"range", range_json(view.source(), whole, view.encoding)},
          {"selectionRange", range_json(view.source(), head.name_span, view.encoding)}};
}

/// A statement is shown by its first line.
json statement_symbol(const View& view, const std::vector<Lexeme>& words, Span whole) {
  Head head = head_of(view, words, whole);
  const std::string_view text = view.source().text(whole);
  head.name = text.substr(0, text.find_first_of("\r\n"));
  head.name_span = whole;
  return symbol(view, head, whole, kEvent);
}

}  // namespace

json symbols(const View& view) {
  json list = json::array();
  const Parsed parsed = view.parsed();
  const auto words = lexemes(view.document.source);
  for (const ast::Item& item : parsed.file.items) {
    const Span whole = ast::extent_of(item);
    const auto* strategy = std::get_if<ast::Strategy>(&item);
    const Kind kind = strategy != nullptr ? kFunction : std::holds_alternative<ast::SiteDeclaration>(item) ? kVariable : kNamespace;
    json entry = symbol(view, head_of(view, words, whole), whole, kind);
    if (strategy != nullptr) {
      json children = json::array();
      for (const ast::Statement& statement : strategy->statements)
        children.push_back(statement_symbol(view, words, ast::extent_of(statement)));
      entry["children"] = std::move(children);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace prunec::lsp

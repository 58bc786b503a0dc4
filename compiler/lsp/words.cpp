// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/words.h"

#include <algorithm>

namespace prunec::lsp {
namespace {

template <typename Node>
const Node* find_named(const ast::RuleFile& file, const std::string& name) {
  for (const ast::Item& item : file.items) {
    const auto* node = std::get_if<Node>(&item);
    if (node != nullptr && node->name.text == name) return node;
  }
  return nullptr;
}

bool has_rule(const std::vector<WordRole>& roles, std::string_view rule) {
  return std::any_of(roles.begin(), roles.end(), [&](const WordRole& role) { return role.rule == rule; });
}

bool has(const std::vector<WordRole>& roles, const WordRole& wanted) {
  return std::find(roles.begin(), roles.end(), wanted) != roles.end();
}

}  // namespace

std::optional<WordAt> word_at(const View& view, std::size_t offset) {
  std::optional<WordAt> found;
  std::string before;
  for (const Lexeme& lexeme : lexemes(view.document.source)) {
    if (lexeme.span.begin > offset) break;
    const std::string text(view.source().text(lexeme.span));
    const bool word = lexeme.kind == LexemeKind::kWord || lexeme.kind == LexemeKind::kKeyword;
    if (word && offset <= lexeme.span.end) found = WordAt{lexeme, text, {}, before};
    if (lexeme.kind != LexemeKind::kComment) before = text;
  }
  if (found && found->lexeme.kind == LexemeKind::kWord)
    found->roles = continuations_at(view.document.source, found->lexeme.span.begin).roles;
  return found;
}

bool names_site(const std::vector<WordRole>& roles) {
  return has_rule(roles, "path") || has(roles, {"name", "site"});
}

bool names_strategy(const std::vector<WordRole>& roles, const std::string& before) {
  return has_rule(roles, "reference") || has(roles, {"name", "defaultStrategy"}) ||
         (has(roles, {"name", "strategyHead"}) && before == "extends");
}

bool names_label(const std::vector<WordRole>& roles) {
  return has_rule(roles, "label");
}

const ast::SiteDeclaration* find_site(const ast::RuleFile& file, const std::string& name) {
  return find_named<ast::SiteDeclaration>(file, name);
}

const ast::Strategy* find_strategy(const ast::RuleFile& file, const std::string& name) {
  return find_named<ast::Strategy>(file, name);
}

std::vector<std::string> labels_of(const ast::SiteDeclaration& site) {
  std::vector<std::string> labels;
  for (const ast::Pattern& pattern : site.patterns) {
    for (const std::string& label : capture_names(pattern.pattern)) labels.push_back(label);
  }
  for (const ast::LabelValue& value : site.where) labels.push_back(value.label.text);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

}  // namespace prunec::lsp

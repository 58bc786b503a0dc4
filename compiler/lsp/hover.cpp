// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/lsp/features.h"
#include "compiler/lsp/reference.h"
#include "compiler/lsp/words.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

/// Paths that a hover lists before it only counts.
constexpr std::size_t kMostPaths = 12;

std::string block(std::string_view code) {
  return "```prune\n" + std::string(code) + "\n```\n";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

std::string matches_text(const std::vector<PathPattern>& patterns, const Services& services) {
  if (!services.matches) return "";
  std::vector<std::string> paths = services.matches(patterns);
  if (paths.empty()) return "\nIt matches no layer of the model.\n";
  const std::size_t count = paths.size();
  std::string text = "\nIt matches " + std::to_string(count) + (count == 1 ? " layer" : " layers") + " of the model: ";
  if (count > kMostPaths) paths.resize(kMostPaths);
  return text + listed(paths) + (count > kMostPaths ? ", …" : "") + "\n";
}

std::string about_site(const View& view, const ast::SiteDeclaration& site, const Services& services) {
  std::string text = block(view.source().text(site.at));
  const auto labels = labels_of(site);
  if (!labels.empty()) text += "\nLabels: " + listed(labels) + "\n";
  std::vector<PathPattern> patterns;
  for (const ast::Pattern& pattern : site.patterns) patterns.push_back(pattern.pattern);
  return text + matches_text(patterns, services);
}

std::string about_strategy(const View& view, const ast::Strategy& strategy) {
  const Span whole{strategy.at.begin, std::max(strategy.at.end, strategy.braces.end)};
  return block(view.source().text(whole));
}

std::string about_label(const ast::RuleFile& file, const std::string& label) {
  std::vector<std::string> sites;
  for (const ast::Item& item : file.items) {
    const auto* site = std::get_if<ast::SiteDeclaration>(&item);
    if (site == nullptr) continue;
    const auto labels = labels_of(*site);
    if (std::find(labels.begin(), labels.end(), label) != labels.end()) sites.push_back(site->name.text);
  }
  return sites.empty() ? "" : "Label of " + listed(sites) + "\n";
}

/// A clause such as `carrying` is explained with the statement that it belongs to.
std::string about_keyword(const View& view, const WordAt& word) {
  std::string text = section_about(word.text);
  if (!text.empty()) return text;
  std::string nearest_statement;
  for (const Lexeme& lexeme : lexemes(view.document.source)) {
    if (lexeme.span.begin >= word.lexeme.span.begin) break;
    if (lexeme.kind != LexemeKind::kKeyword) continue;
    if (std::string section = section_about(view.source().text(lexeme.span)); !section.empty()) nearest_statement = std::move(section);
  }
  return nearest_statement;
}

std::string about_word(const View& view, const WordAt& word, const Services& services) {
  const Parsed parsed = view.parsed();
  if (names_site(word.roles)) {
    if (const auto* site = find_site(parsed.file, word.text)) return about_site(view, *site, services);
    const auto pattern = parse_pattern(word.text);
    return std::holds_alternative<PathPattern>(pattern) ? matches_text({std::get<PathPattern>(pattern)}, services) : "";
  }
  if (names_label(word.roles)) return about_label(parsed.file, word.text);
  for (const WordRole& role : word.roles) {
    const auto values = values_of_rule(role.rule);
    if (values && std::find(values->values.begin(), values->values.end(), word.text) != values->values.end()) return row_about(word.text);
  }
  const auto* strategy = find_strategy(parsed.file, word.text);
  const bool declared = std::find(word.roles.begin(), word.roles.end(), WordRole{"name", "strategyHead"}) != word.roles.end();
  return strategy != nullptr && (declared || names_strategy(word.roles, word.before)) ? about_strategy(view, *strategy) : "";
}

}  // namespace

json hover(const View& view, std::size_t offset, const Services& services) {
  const auto word = word_at(view, offset);
  if (!word) return nullptr;
  const std::string text = word->lexeme.kind == LexemeKind::kKeyword ? about_keyword(view, *word) : about_word(view, *word, services);
  if (text.empty()) return nullptr;
  return {{"contents", {{"kind", "markdown"}, {"value", text}}}, {"range", range_json(view.source(), word->lexeme.span, view.encoding)}};
}

}  // namespace prunec::lsp

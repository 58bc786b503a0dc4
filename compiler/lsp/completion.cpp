// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <set>

#include "compiler/lsp/features.h"
#include "compiler/lsp/words.h"
#include "compiler/plan/policies.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

enum Kind { kFunction = 3, kField = 5, kVariable = 6, kEnumMember = 20, kKeyword = 14 };  // of the protocol

std::vector<std::string> rounding_names() {
  std::vector<std::string> names;
  for (const Rounding rounding : {Rounding::kUp, Rounding::kDown, Rounding::kNearest}) names.emplace_back(to_string(rounding));
  return names;
}

class Items {
 public:
  Items(const View& view, Span typed) : range_(range_json(view.source(), typed, view.encoding)) {}

  void add(const std::string& label, Kind kind, const std::string& detail = {}) {
    if (!labels_.insert(label).second) return;
    std::string order = std::to_string(items_.size());
    json item = {{"label", label},
                 {"kind", static_cast<int>(kind)},
                 {"sortText", std::string(6 - std::min<std::size_t>(order.size(), 6), '0') + order},
                 {"textEdit", {{"range", range_}, {"newText", label}}}};
    if (!detail.empty()) item["detail"] = detail;
    items_.push_back(std::move(item));
  }

  json take() { return std::move(items_); }

 private:
  json range_;
  json items_ = json::array();
  std::set<std::string> labels_;
};

std::string patterns_text(const ast::SiteDeclaration& site) {
  std::string text;
  for (const ast::Pattern& pattern : site.patterns) text += (text.empty() ? "" : ", ") + to_string(pattern.pattern);
  return text;
}

/// The name before the `[` that is open at the place; empty when none is.
std::string filtered_site(const View& view, std::size_t offset) {
  std::string name, before;
  for (const Lexeme& lexeme : lexemes(view.document.source)) {
    if (lexeme.span.end > offset) break;
    const std::string text(view.source().text(lexeme.span));
    if (text == "[") name = before;
    if (text == "]" || lexeme.kind == LexemeKind::kKeyword) name.clear();
    before = text;
  }
  return name;
}

void add_labels(Items& items, const View& view, const ast::RuleFile& file, std::size_t offset) {
  const auto* filtered = find_site(file, filtered_site(view, offset));
  for (const ast::Item& item : file.items) {
    const auto* site = std::get_if<ast::SiteDeclaration>(&item);
    if (site == nullptr || (filtered != nullptr && site != filtered)) continue;
    for (const std::string& label : labels_of(*site)) items.add(label, kField, "label");
  }
}

void add_strategies(Items& items, const ast::RuleFile& file) {
  for (const ast::Item& item : file.items) {
    if (const auto* strategy = std::get_if<ast::Strategy>(&item))
      items.add(strategy->name.text, kFunction, strategy->description ? strategy->description->text : "strategy");
  }
}

void add_sites(Items& items, const ast::RuleFile& file) {
  for (const ast::Item& item : file.items) {
    if (const auto* site = std::get_if<ast::SiteDeclaration>(&item)) items.add(site->name.text, kVariable, patterns_text(*site));
  }
}

}  // namespace

std::optional<WordValues> values_of_rule(const std::string& rule) {
  static const std::map<std::string, WordValues> kValues = {{"name", {{}, true}},
                                                            {"path", {{}, true}},
                                                            {"pattern", {{}, true}},
                                                            {"label", {{}, true}},
                                                            {"value", {{}, true}},
                                                            {"policy", {policy_names(), false}},
                                                            {"rounding", {rounding_names(), false}},
                                                            {"reference", {{}, true}},
                                                            {"groupRule", {{"keep", "drop"}, false}},
                                                            {"shuffleRule", {{"keep", "select"}, false}},
                                                            {"resource", {{"channels", "params", "macs", "latency"}, false}},
                                                            {"weightNorm", {{"l1", "l2"}, false}},
                                                            {"normalisation", {{"max", "mean", "l2"}, false}}};
  const auto found = kValues.find(rule);
  return found == kValues.end() ? std::nullopt : std::optional(found->second);
}

json completion(const View& view, std::size_t offset) {
  Span typed{offset, offset};
  std::string before;
  for (const Lexeme& lexeme : lexemes(view.document.source)) {
    if (lexeme.span.begin >= offset) break;
    const bool in_text = lexeme.kind == LexemeKind::kComment || lexeme.kind == LexemeKind::kText;
    if (in_text && offset <= lexeme.span.end && !(lexeme.kind == LexemeKind::kText && offset == lexeme.span.end))
      return {{"isIncomplete", false}, {"items", json::array()}};
    const bool word = lexeme.kind == LexemeKind::kWord || lexeme.kind == LexemeKind::kKeyword;
    if (word && offset <= lexeme.span.end) {
      typed = lexeme.span;
    } else if (!in_text) {
      before = view.source().text(lexeme.span);
    }
  }
  const Parsed parsed = view.parsed();
  const Continuations possible = continuations_at(view.document.source, typed.begin);
  Items items(view, typed);
  for (const WordRole& role : possible.roles) {
    if (const auto values = values_of_rule(role.rule)) {
      for (const std::string& value : values->values) items.add(value, kEnumMember, role.rule);
    }
    if (role.rule == "path" && role.parent == "siteUse") add_sites(items, parsed.file);
  }
  if (names_strategy(possible.roles, before)) add_strategies(items, parsed.file);
  if (names_label(possible.roles)) add_labels(items, view, parsed.file, typed.begin);
  for (const std::string& keyword : possible.keywords) items.add(keyword, kKeyword);
  return {{"isIncomplete", false}, {"items", items.take()}};
}

}  // namespace prunec::lsp

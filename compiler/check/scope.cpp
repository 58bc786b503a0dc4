// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/check/check.h"
#include "compiler/source/sha256.h"

namespace prunec {
namespace {

/// `resnet50.inner` is `resnet50` and `inner`; a name without a dot has no rest.
std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot == std::string_view::npos ? std::pair(name, std::string_view{}) : std::pair(name.substr(0, dot), name.substr(dot + 1));
}

/// Files may use files in so many ways that all names would not fit into memory.
constexpr std::size_t kMostNames = 2000;

void add_strategy_names(const CheckedRules& rules, const std::string& prefix, std::vector<std::string>& names) {
  for (const std::string& name : rules.strategy_names) names.push_back(prefix + name);
  for (const Import& import : rules.imports) {
    if (import.rules != nullptr && names.size() < kMostNames) add_strategy_names(*import.rules, prefix + import.name + ".", names);
  }
}

void add_sources(const CheckedRules& rules, std::vector<std::shared_ptr<const SourceFile>>& sources, std::set<const CheckedRules*>& seen) {
  if (!seen.insert(&rules).second) return;
  sources.push_back(rules.file.source);
  for (const Import& import : rules.imports) {
    if (import.rules != nullptr) add_sources(*import.rules, sources, seen);
  }
}

}  // namespace

const ast::SiteDeclaration* CheckedRules::site(std::string_view name) const {
  const auto found = sites.find(name);
  return found == sites.end() ? nullptr : &std::get<ast::SiteDeclaration>(file.items[found->second]);
}

const ast::Strategy* CheckedRules::strategy(std::string_view name) const {
  const auto found = strategies.find(name);
  return found == strategies.end() ? nullptr : &std::get<ast::Strategy>(file.items[found->second]);
}

const Import* CheckedRules::import_named(std::string_view name) const {
  const auto found = std::find_if(imports.begin(), imports.end(), [&](const Import& import) { return import.name == name; });
  return found == imports.end() ? nullptr : &*found;
}

std::vector<std::string> CheckedRules::all_strategy_names() const {
  std::vector<std::string> names;
  add_strategy_names(*this, "", names);
  return names;
}

PathPattern below(const PathPattern& under, const PathPattern& path) {
  PathPattern whole = under;
  whole.components.insert(whole.components.end(), path.components.begin(), path.components.end());
  return whole;
}

Scope inside(const Scope& from, const Import& import) {
  return {import.rules.get(), from.prefix + import.name + ".", below(from.under, import.under)};
}

bool is_name(const CheckedRules& rules, const ast::SiteUse& use) {
  if (!use.path) return true;
  if (use.name.text.find_first_of("*{") != std::string::npos) return false;
  return rules.import_named(split(use.name.text).first) != nullptr;
}

namespace {

/// Follows the names of files to the last word.
std::optional<std::pair<Scope, std::string_view>> follow(Scope scope, std::string_view name) {
  while (name.find('.') != std::string_view::npos) {
    const auto [first, rest] = split(name);
    const Import* import = scope.rules->import_named(first);
    if (import == nullptr || import->rules == nullptr) return std::nullopt;
    scope = inside(scope, *import);
    name = rest;
  }
  return std::pair(std::move(scope), name);
}

}  // namespace

std::optional<FoundSite> find_site(const Scope& from, const ast::SiteUse& use) {
  if (!is_name(*from.rules, use)) return std::nullopt;
  auto last = follow(from, use.name.text);
  const ast::SiteDeclaration* site = last ? last->first.rules->site(last->second) : nullptr;
  return site == nullptr ? std::nullopt : std::optional(FoundSite{site, std::move(last->first)});
}

std::optional<FoundStrategy> find_strategy(const Scope& from, std::string_view name) {
  auto last = follow(from, name);
  const ast::Strategy* strategy = last ? last->first.rules->strategy(last->second) : nullptr;
  return strategy == nullptr ? std::nullopt : std::optional(FoundStrategy{strategy, std::move(last->first)});
}

std::vector<std::shared_ptr<const SourceFile>> sources_of(const CheckedRules& rules) {
  std::vector<std::shared_ptr<const SourceFile>> sources;
  std::set<const CheckedRules*> seen;
  add_sources(rules, sources, seen);
  return sources;
}

std::string sha256_of(const CheckedRules& rules) {
  const auto sources = sources_of(rules);
  if (sources.size() == 1) return sha256_hex(sources.front()->text());
  std::string all;
  for (const auto& source : sources) all += sha256_hex(source->text());
  return sha256_hex(all);
}

}  // namespace prunec

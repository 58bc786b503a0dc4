// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/check/checks.h"

namespace prunec::checks {

std::vector<const ast::Strategy*> Context::strategies() const {
  std::vector<const ast::Strategy*> list;
  for (const std::string& name : rules_.strategy_names) list.push_back(rules_.strategy(name));
  return list;
}

std::vector<const ast::Strategy*> Context::all_strategies() const {
  std::vector<const ast::Strategy*> list;
  for (const ast::Item& item : file().items) {
    if (const auto* strategy = std::get_if<ast::Strategy>(&item)) list.push_back(strategy);
  }
  return list;
}

std::vector<const ast::SiteDeclaration*> Context::sites() const {
  std::vector<const ast::SiteDeclaration*> list;
  for (const ast::Item& item : file().items) {
    const auto* site = std::get_if<ast::SiteDeclaration>(&item);
    if (site != nullptr && rules_.site(site->name.text) == site) list.push_back(site);
  }
  return list;
}

Diagnostic& Context::report(Code code, const ast::Extent& at, std::string message, std::string help, std::string label) {
  Diagnostic diagnostic{code, std::move(message), range(at), std::move(label)};
  diagnostic.help = std::move(help);
  return diagnostics_.emplace_back(std::move(diagnostic));
}

std::set<std::string> labels_of(const PathPattern& pattern) {
  const auto names = capture_names(pattern);
  return {names.begin(), names.end()};
}

std::set<std::string> labels_of(const ast::SiteDeclaration& site) {
  std::set<std::string> common = labels_of(site.patterns.front().pattern);
  for (const ast::Pattern& pattern : site.patterns) {
    const std::set<std::string> other = labels_of(pattern.pattern);
    std::erase_if(common, [&](const std::string& label) { return !other.contains(label); });
  }
  for (const ast::LabelValue& where : site.where) common.insert(where.label.text);
  return common;
}

std::set<std::string> labels_of(const Scope& scope, const ast::SiteUse& use) {
  if (!is_name(*scope.rules, use)) return labels_of(*use.path);
  const auto found = find_site(scope, use);
  return found ? labels_of(*found->site) : std::set<std::string>{};
}

bool covers(const ast::SiteUse& whole, const ast::SiteUse& part) {
  return std::all_of(whole.filters.begin(), whole.filters.end(), [&](const ast::Filter& wide) {
    return std::any_of(part.filters.begin(), part.filters.end(),
                       [&](const ast::Filter& narrow) { return narrow.label == wide.label && lies_within(narrow.values, wide.values); });
  });
}

std::string key_of(const Scope& scope, const ast::SiteUse& use) {
  if (is_name(*scope.rules, use)) return scope.prefix + use.name.text;
  return to_string(below(scope.under, *use.path));
}

std::string members_of(const Scope& scope, const ast::SiteUse& use) {
  std::string text = key_of(scope, use);
  for (const ast::Filter& filter : use.filters) text += "[" + filter.label.text + "=" + to_string(filter.values) + "]";
  return text;
}

std::string members_of(const Scope& scope, const std::vector<ast::SiteUse>& uses) {
  std::vector<std::string> members;
  for (const ast::SiteUse& use : uses) members.push_back(members_of(scope, use));
  std::sort(members.begin(), members.end());
  std::string text;
  for (const std::string& member : members) text += member + ",";
  return text;
}

SourceRange range_in(const Scope& scope, const ast::Extent& at) {
  return {scope.rules->file.source, at};
}

void for_each_use(const ast::Statement& statement, const std::function<void(const ast::SiteUse&)>& visit) {
  std::visit(
      [&](const auto& s) {
        const auto all = [&](const std::vector<ast::SiteUse>& uses) { std::for_each(uses.begin(), uses.end(), visit); };
        if constexpr (requires { s.sites; }) all(s.sites);
        if constexpr (requires { s.of; }) all(s.of);
        if constexpr (requires { s.carrying; }) all(s.carrying);
      },
      statement);
}

}  // namespace prunec::checks

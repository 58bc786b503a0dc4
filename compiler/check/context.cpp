// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/check/checks.h"

namespace prunec::checks {

Context::Context(const Parsed& parsed) : parsed_(parsed) {
  for (const ast::Item& item : parsed.file.items) {
    if (const auto* site = std::get_if<ast::SiteDeclaration>(&item)) names_.sites.emplace(site->name.text, site);
    if (const auto* strategy = std::get_if<ast::Strategy>(&item)) {
      if (names_.strategies.emplace(strategy->name.text, strategy).second) names_.strategy_order.push_back(strategy);
    }
  }
}

Diagnostic& Context::report(Code code, const ast::Extent& at, std::string message, std::string help, std::string label) {
  Diagnostic diagnostic{code, std::move(message), range(at), std::move(label)};
  diagnostic.help = std::move(help);
  return diagnostics_.emplace_back(std::move(diagnostic));
}

const ast::SiteDeclaration* Context::site(const ast::SiteUse& use) const {
  if (use.path) return nullptr;
  const auto found = names_.sites.find(use.name.text);
  return found == names_.sites.end() ? nullptr : found->second;
}

std::vector<const ast::Strategy*> Context::lineage(const ast::Strategy& strategy) const {
  std::vector<const ast::Strategy*> line{&strategy};
  while (line.back()->parent) {
    const auto parent = names_.strategies.find(line.back()->parent->text);
    if (parent == names_.strategies.end() || std::find(line.begin(), line.end(), parent->second) != line.end()) break;
    line.push_back(parent->second);
  }
  std::reverse(line.begin(), line.end());
  return line;
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

std::set<std::string> labels_of(const Context& context, const ast::SiteUse& use) {
  if (use.path) return labels_of(*use.path);
  const auto* site = context.site(use);
  return site == nullptr ? std::set<std::string>{} : labels_of(*site);
}

void for_each_use(const ast::Statement& statement, const std::function<void(const ast::SiteUse&)>& visit) {
  const auto all = [&](const std::vector<ast::SiteUse>& uses) { std::for_each(uses.begin(), uses.end(), visit); };
  if (const auto* prune = std::get_if<ast::Prune>(&statement)) all(prune->sites);
  if (const auto* skip = std::get_if<ast::Skip>(&statement)) all(skip->sites);
  if (const auto* skip_end = std::get_if<ast::SkipEnd>(&statement)) all(skip_end->of);
  if (const auto* divisible = std::get_if<ast::Divisible>(&statement)) all(divisible->of);
  if (const auto* tie = std::get_if<ast::Tie>(&statement)) {
    all(tie->sites);
    all(tie->carrying);
  }
}

}  // namespace prunec::checks

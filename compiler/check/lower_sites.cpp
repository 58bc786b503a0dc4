// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/lower_sites.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "compiler/source/utf8.h"

namespace prunec {
namespace {

Site lower_site(const Scope& scope, const ast::SiteDeclaration& declaration) {
  Site site{scope.prefix + declaration.name.text, {}, {}, origin_in(scope, declaration.at)};
  for (const ast::Pattern& pattern : declaration.patterns) site.patterns.push_back(below(scope.under, pattern.pattern));
  for (const ast::LabelValue& where : declaration.where) site.labels.emplace(where.label.text, where.value.text);
  return site;
}

/// Visits the items of a file and, in the place of each `use`, those of the file that it uses when one of `names` begins with its name.
void for_each_item(const Scope& scope, const std::set<std::string>& names,
                   const std::function<void(const Scope&, const ast::Item&)>& visit) {
  auto import = scope.rules->imports.begin();
  for (const ast::Item& item : scope.rules->file.items) {
    if (std::holds_alternative<ast::Use>(item)) {
      const Scope used = inside(scope, *import++);
      const auto first = names.lower_bound(used.prefix);
      if (first != names.end() && first->starts_with(used.prefix)) for_each_item(used, names, visit);
    } else {
      visit(scope, item);
    }
  }
}

/// The declaration that a layout has in place of the top-level one; null when it has none.
const ast::SiteDeclaration* placed_by(const CheckedRules& rules, const std::string& layout_name, const std::string& site_name) {
  for (const ast::Item& item : rules.file.items) {
    const auto* layout = std::get_if<ast::Layout>(&item);
    if (layout == nullptr || layout->name.text != layout_name) continue;
    for (const ast::SiteDeclaration& site : layout->sites) {
      if (site.name.text == site_name) return &site;
    }
  }
  return nullptr;
}

}  // namespace

Origin origin_in(const Scope& scope, const ast::Extent& at) {
  const SourceFile& source = *scope.rules->file.source;
  const LineColumn where = source.line_column(at.begin);
  const std::size_t line_end = source.line_start(where.line) + source.line(where.line).size();
  return {source.path(), where.line, where.column, count_code_points(source.text({at.begin, std::min(at.end, line_end)}))};
}

std::string UsedSites::add(const FoundSite& site) {
  return *names_.insert(site.name()).first;
}

std::vector<Site> UsedSites::sites(const Scope& scope) const {
  std::vector<Site> list;
  for_each_item(scope, names_, [&](const Scope& home, const ast::Item& item) {
    const auto* site = std::get_if<ast::SiteDeclaration>(&item);
    if (site != nullptr && names_.contains(home.prefix + site->name.text)) list.push_back(lower_site(home, *site));
  });
  return list;
}

std::vector<Layout> UsedSites::layouts(const Scope& scope) const {
  std::vector<Layout> list;
  for_each_item(scope, names_, [&](const Scope& home, const ast::Item& item) {
    const auto* layout = std::get_if<ast::Layout>(&item);
    const auto named = [&](const Layout& known) { return known.name == layout->name.text; };
    if (layout != nullptr && std::none_of(list.begin(), list.end(), named)) {
      list.push_back({layout->name.text, {}, origin_in(home, layout->at)});
    }
  });
  for (Layout& layout : list) {
    for_each_item(scope, names_, [&](const Scope& home, const ast::Item& item) {
      const auto* site = std::get_if<ast::SiteDeclaration>(&item);
      if (site == nullptr || !names_.contains(home.prefix + site->name.text)) return;
      const ast::SiteDeclaration* placed = placed_by(*home.rules, layout.name, site->name.text);
      layout.sites.push_back(lower_site(home, placed == nullptr ? *site : *placed));
    });
  }
  const std::vector<Site> top = sites(scope);
  std::erase_if(list, [&](const Layout& layout) { return layout.sites == top; });
  return list;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec::checks {
namespace {

std::vector<const ast::Layout*> layouts_of(const Context& context) {
  std::vector<const ast::Layout*> layouts;
  for (const ast::Item& item : context.file().items) {
    if (const auto* layout = std::get_if<ast::Layout>(&item)) layouts.push_back(layout);
  }
  return layouts;
}

/// Where a site's label is needed: by a filter, a tie or a rank. The first place of each label.
using Needs = std::map<std::pair<const ast::SiteDeclaration*, std::string>, ast::Extent>;

Needs needs_of(const Context& context) {
  Needs needs;
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      const auto need = [&](const ast::SiteUse& use, const ast::Word& label) {
        if (const auto found = context.site(use)) needs.emplace(std::pair(found->site, label.text), label.at);
      };
      for_each_use(statement, [&](const ast::SiteUse& use) {
        for (const ast::Filter& filter : use.filters) need(use, filter.label);
      });
      const auto* tie = std::get_if<ast::Tie>(&statement);
      if (tie == nullptr) continue;
      for (const ast::Word& label : tie->across) for_each_use(statement, [&](const ast::SiteUse& use) { need(use, label); });
    }
    const auto all = context.statements(*strategy);
    for (const Inherited& one : all) {
      const auto* rank = std::get_if<ast::Rank>(one.statement);
      if (rank == nullptr || !rank->label || !one.own) continue;
      for (const Inherited& other : all) {
        const auto* prune = std::get_if<ast::Prune>(other.statement);
        if (prune == nullptr) continue;
        for (const ast::SiteUse& use : prune->sites) {
          if (const auto found = find_site(other.scope, use)) needs.emplace(std::pair(found->site, rank->label->text), rank->label->at);
        }
      }
    }
  }
  return needs;
}

}  // namespace

void duplicate_layouts(Context& context) {
  std::map<std::string, const ast::Layout*> first;
  for (const ast::Layout* layout : layouts_of(context)) {
    const auto [entry, added] = first.emplace(layout->name.text, layout);
    if (added) continue;
    Diagnostic& diagnostic = context.report(Code::kP0213, layout->name.at, "the layout `" + layout->name.text + "` is declared twice",
                                            "put the sites of both into one, or give one of the two another name");
    diagnostic.notes.push_back({context.range(entry->second->name.at), "the first one is here"});
  }
}

void layout_sites(Context& context) {
  std::vector<std::string> names;
  for (const auto& [name, index] : context.rules().sites) names.push_back(name);
  for (const ast::Layout* layout : layouts_of(context)) {
    std::map<std::string, const ast::SiteDeclaration*> first;
    for (const ast::SiteDeclaration& site : layout->sites) {
      const std::string& name = site.name.text;
      const auto [entry, added] = first.emplace(name, &site);
      if (!added) {
        Diagnostic& diagnostic = context.report(Code::kP0203, site.name.at, "the site `" + name + "` is declared twice in one layout",
                                                "list both patterns behind one `=`, separated by a comma");
        diagnostic.notes.push_back({context.range(entry->second->name.at), "the first one is here"});
      }
      if (context.rules().site(name) != nullptr || !context.rules().all_sites) continue;
      Diagnostic& diagnostic =
          context.report(Code::kP0212, site.name.at, "the layout places a site `" + name + "` that the file does not have");
      suggest(diagnostic, context.range(site.name.at), name, names, "declare `site " + name + " = ...` outside the layout too");
    }
  }
}

void layout_labels(Context& context) {
  const Needs needs = needs_of(context);
  for (const ast::Layout* layout : layouts_of(context)) {
    for (const ast::SiteDeclaration& site : layout->sites) {
      const ast::SiteDeclaration* top = context.rules().site(site.name.text);
      if (top == nullptr) continue;
      const auto labels = labels_of(site);
      const auto top_labels = labels_of(*top);
      for (auto need = needs.lower_bound({top, ""}); need != needs.end() && need->first.first == top; ++need) {
        const std::string& label = need->first.second;
        // Where the top level lacks it too, that has been told.
        if (labels.contains(label) || !top_labels.contains(label)) continue;
        Diagnostic& diagnostic =
            context.report(Code::kP0214, site.at,
                           "the site `" + site.name.text + "` has no label `" + label + "` in the layout `" + layout->name.text + "`",
                           "capture it in the pattern as `{" + label + "}`, or add `where " + label + " = ...`");
        diagnostic.notes.push_back({context.range(need->second), "the label is needed here"});
      }
    }
  }
}

void layouts_without_effect(Context& context) {
  if (!context.sound()) return;
  for (const ast::Layout* layout : layouts_of(context)) {
    const bool same = std::all_of(layout->sites.begin(), layout->sites.end(), [&](const ast::SiteDeclaration& site) {
      const ast::SiteDeclaration* top = context.rules().site(site.name.text);
      return top != nullptr && top->patterns == site.patterns && top->where == site.where;
    });
    if (!same) continue;
    context.report(Code::kP0215, layout->name.at, "the layout `" + layout->name.text + "` places every site where it is anyhow",
                   "give its sites their other paths, or leave it out");
  }
}

}  // namespace prunec::checks

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec::checks {
namespace {

/// Files may use files in so many ways that all names would not fit into memory.
constexpr std::size_t kMostNames = 2000;

void add_site_names(const CheckedRules& rules, const std::string& prefix, std::vector<std::string>& names) {
  for (const auto& [name, index] : rules.sites) names.push_back(prefix + name);
  for (const Import& import : rules.imports) {
    if (import.rules != nullptr && names.size() < kMostNames) add_site_names(*import.rules, prefix + import.name + ".", names);
  }
}

std::vector<std::string> site_names(const CheckedRules& rules) {
  std::vector<std::string> names;
  add_site_names(rules, "", names);
  return names;
}

template <typename Declaration>
void report_duplicates(Context& context, Code code, const std::string& kind) {
  std::map<std::string, const Declaration*> first;
  for (const ast::Item& item : context.file().items) {
    const auto* declaration = std::get_if<Declaration>(&item);
    if (declaration == nullptr) continue;
    const auto& name = declaration->name;
    const auto [entry, added] = first.emplace(name.text, declaration);
    if (added) continue;
    Diagnostic& diagnostic =
        context.report(code, name.at, "the " + kind + " `" + name.text + "` is declared twice", "give one of the two another name");
    diagnostic.notes.push_back({context.range(entry->second->name.at), "the first one is here"});
  }
}

/// Whether a name leads into a file that is not there: then all that is to be said has been said.
bool leads_into_nothing(const CheckedRules& rules, std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  const Import* import = rules.import_named(name.substr(0, dot));
  return import != nullptr && (import->rules == nullptr || leads_into_nothing(*import->rules, name.substr(dot + 1)));
}

void report_strategy(Context& context, const ast::Word& name) {
  if (leads_into_nothing(context.rules(), name.text)) return;
  const auto names = context.rules().all_strategy_names();
  Diagnostic& diagnostic = context.report(Code::kP0202, name.at, "no strategy is named `" + name.text + "`");
  suggest(diagnostic, context.range(name.at), name.text, names, names.empty() ? "" : "the strategies are " + quoted_few(names));
}

void report_site(Context& context, const ast::SiteUse& use) {
  const std::string& name = use.name.text;
  if (leads_into_nothing(context.rules(), name)) return;
  const std::size_t dot = name.find('.');
  const std::string otherwise =
      dot == std::string::npos
          ? "declare it with `site " + name + " = ...`, or write a path such as `" + name + ".**`"
          : "`" + name.substr(0, dot) + "` is a file that is used; for a path that begins so, give the file another name with `as`";
  Diagnostic& diagnostic = context.report(Code::kP0201, use.name.at, "no site is named `" + name + "`");
  suggest(diagnostic, context.range(use.name.at), name, site_names(context.rules()), otherwise);
}

}  // namespace

void duplicate_sites(Context& context) {
  report_duplicates<ast::SiteDeclaration>(context, Code::kP0203, "site");
}

void duplicate_strategies(Context& context) {
  report_duplicates<ast::Strategy>(context, Code::kP0204, "strategy");
}

void unknown_parents(Context& context) {
  if (!context.rules().all_strategies) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    if (strategy->parent && !find_strategy(context.scope(), strategy->parent->text)) report_strategy(context, *strategy->parent);
  }
}

namespace {

/// The cycle's members, the one that comes first in the file before the others.
void report_cycle(Context& context, std::vector<const ast::Strategy*> members) {
  const auto first =
      std::min_element(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->at.begin < b->at.begin; });
  std::rotate(members.begin(), first, members.end());
  const std::string& name = members.front()->name.text;
  std::string text;
  for (const ast::Strategy* member : members) text += "`" + member->name.text + "` extends ";
  context.report(Code::kP0209, members.front()->parent->at, "the strategy `" + name + "` extends itself",
                 members.size() == 1 ? "leave out `extends " + name + "`" : text + "`" + name + "`: leave one of them out");
}

}  // namespace

/// A file that is used cannot extend what this one has, so a cycle lies in one file.
void extends_cycles(Context& context) {
  std::set<const ast::Strategy*> seen;
  for (const ast::Strategy* start : context.strategies()) {
    std::vector<const ast::Strategy*> way;
    const ast::Strategy* next = start;
    while (next != nullptr && seen.insert(next).second) {
      way.push_back(next);
      next = next->parent ? context.rules().strategy(next->parent->text) : nullptr;
    }
    const auto again = std::find(way.begin(), way.end(), next);
    if (again != way.end()) report_cycle(context, {again, way.end()});
  }
}

void deep_strategies(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    if (context.line(*strategy).size() <= kMostAncestors + 1) continue;
    if (lineage(context.scope(), strategy->parent->text).size() > kMostAncestors + 1) continue;
    context.report(Code::kP0225, strategy->parent->at,
                   "`" + strategy->name.text + "` builds upon more than " + std::to_string(kMostAncestors) + " strategies",
                   "let strategies extend one that says what they share");
  }
}

void default_strategies(Context& context) {
  const ast::DefaultStrategy* first = nullptr;
  for (const ast::Item& item : context.file().items) {
    const auto* choice = std::get_if<ast::DefaultStrategy>(&item);
    if (choice == nullptr) continue;
    if (first != nullptr) {
      Diagnostic& diagnostic =
          context.report(Code::kP0211, choice->at, "the default strategy is given twice", "leave one of the two lines out");
      diagnostic.notes.push_back({context.range(first->at), "the first one is here"});
    } else {
      first = choice;
    }
    if (context.rules().all_strategies && !find_strategy(context.scope(), choice->name.text)) report_strategy(context, choice->name);
  }
}

void unknown_sites(Context& context) {
  if (!context.rules().all_sites) return;
  for (const ast::Strategy* strategy : context.all_strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) {
        if (!context.known(use)) report_site(context, use);
      });
    }
  }
}

void unused_sites(Context& context) {
  if (!context.sound()) return;
  std::set<const ast::SiteDeclaration*> used;
  for (const ast::Strategy* strategy : context.all_strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) {
        if (const auto found = context.site(use)) used.insert(found->site);
      });
    }
  }
  for (const ast::SiteDeclaration* site : context.sites()) {
    if (used.contains(site)) continue;
    context.report(Code::kP0207, site->name.at, "no strategy uses the site `" + site->name.text + "`", "use it or leave it out");
  }
}

}  // namespace prunec::checks

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec::checks {
namespace {

std::vector<std::string> site_names(const CheckedRules& rules) {
  std::vector<std::string> names;
  for (const auto& [name, index] : rules.sites) names.push_back(name);
  for (const Import& import : rules.imports) {
    if (import.rules == nullptr) continue;
    for (const std::string& name : site_names(*import.rules)) names.push_back(import.name + "." + name);
  }
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
  suggest(diagnostic, context.range(name.at), name.text, names, names.empty() ? "" : "the strategies are " + quoted_list(names, "and"));
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

void extends_cycles(Context& context) {
  std::set<const ast::Strategy*> reported;
  for (const ast::Strategy* start : context.strategies()) {
    // A file that is used cannot extend what this one has, so a cycle lies in one file.
    std::vector<const ast::Strategy*> way{start};
    while (way.back()->parent) {
      const ast::Strategy* next = context.rules().strategy(way.back()->parent->text);
      if (next == nullptr) break;
      const auto again = std::find(way.begin(), way.end(), next);
      if (again == way.end()) {
        way.push_back(next);
        continue;
      }
      // One report for each cycle, at the member that comes first in the file.
      if (again == way.begin() && !reported.contains(start)) {
        std::string text;
        for (const ast::Strategy* member : way) text += "`" + member->name.text + "` extends ";
        reported.insert(way.begin(), way.end());
        context.report(
            Code::kP0209, start->parent->at, "the strategy `" + start->name.text + "` extends itself",
            way.size() == 1 ? "leave out `extends " + start->name.text + "`" : text + "`" + start->name.text + "`: leave one of them out");
      }
      break;
    }
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

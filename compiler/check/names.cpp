// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec::checks {
namespace {

template <typename Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& entry : map) names.push_back(entry.first);
  return names;
}

template <typename Declaration, typename Map>
void report_duplicates(Context& context, const Map& first, Code code, const std::string& kind) {
  for (const ast::Item& item : context.file().items) {
    const auto* declaration = std::get_if<Declaration>(&item);
    if (declaration == nullptr || first.at(declaration->name.text) == declaration) continue;
    const auto& name = declaration->name;
    Diagnostic& diagnostic =
        context.report(code, name.at, "the " + kind + " `" + name.text + "` is declared twice", "give one of the two another name");
    diagnostic.notes.push_back({context.range(first.at(name.text)->name.at), "the first one is here"});
  }
}

std::string strategy_help(const Context& context, const std::string& name) {
  const auto names = keys(context.names().strategies);
  return did_you_mean(name, names, names.empty() ? "" : "the strategies are " + quoted_list(names, "and"));
}

}  // namespace

void duplicate_sites(Context& context) {
  report_duplicates<ast::SiteDeclaration>(context, context.names().sites, Code::kP0203, "site");
}

void duplicate_strategies(Context& context) {
  report_duplicates<ast::Strategy>(context, context.names().strategies, Code::kP0204, "strategy");
}

void unknown_parents(Context& context) {
  if (!context.all_strategies_known()) return;
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    if (!strategy->parent || context.names().strategies.contains(strategy->parent->text)) continue;
    const std::string& name = strategy->parent->text;
    context.report(Code::kP0202, strategy->parent->at, "no strategy is named `" + name + "`", strategy_help(context, name));
  }
}

void extends_cycles(Context& context) {
  std::set<const ast::Strategy*> reported;
  for (const ast::Strategy* start : context.names().strategy_order) {
    std::vector<const ast::Strategy*> way{start};
    while (way.back()->parent) {
      const auto next = context.names().strategies.find(way.back()->parent->text);
      if (next == context.names().strategies.end()) break;
      const auto again = std::find(way.begin(), way.end(), next->second);
      if (again == way.end()) {
        way.push_back(next->second);
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
    const std::string& name = choice->name.text;
    if (context.all_strategies_known() && !context.names().strategies.contains(name)) {
      context.report(Code::kP0202, choice->name.at, "no strategy is named `" + name + "`", strategy_help(context, name));
    }
  }
}

void unknown_sites(Context& context) {
  if (!context.all_sites_known()) return;
  const auto names = keys(context.names().sites);
  for (const ast::Item& item : context.file().items) {
    const auto* strategy = std::get_if<ast::Strategy>(&item);
    if (strategy == nullptr) continue;
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) {
        if (use.path || context.site(use) != nullptr) return;
        const std::string& name = use.name.text;
        context.report(Code::kP0201, use.name.at, "no site is named `" + name + "`",
                       did_you_mean(name, names, "declare it with `site " + name + " = ...`, or write a path such as `" + name + ".**`"));
      });
    }
  }
}

void unused_sites(Context& context) {
  if (!context.sound()) return;
  std::set<const ast::SiteDeclaration*> used;
  for (const ast::Item& item : context.file().items) {
    const auto* strategy = std::get_if<ast::Strategy>(&item);
    if (strategy == nullptr) continue;
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) { used.insert(context.site(use)); });
    }
  }
  for (const auto& [name, site] : context.names().sites) {
    if (used.contains(site)) continue;
    context.report(Code::kP0207, site->name.at, "no strategy uses the site `" + name + "`", "use it or leave it out");
  }
}

}  // namespace prunec::checks

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <set>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

bool can_be_name(const std::string& text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
}

std::string first_word(const std::string& name) {
  return name.substr(0, name.find('.'));
}

/// The first words of all that the file names with a dot, or by paths.
struct FirstWords {
  std::set<std::string> names;                       ///< of sites and strategies of files that are used
  std::map<std::string, const ast::SiteUse*> paths;  ///< of paths, with the first of each

  explicit FirstWords(const Context& context) {
    for (const ast::Item& item : context.file().items) {
      if (const auto* choice = std::get_if<ast::DefaultStrategy>(&item)) names.insert(first_word(choice->name.text));
    }
    for (const ast::Strategy* strategy : context.strategies()) {
      if (strategy->parent) names.insert(first_word(strategy->parent->text));
      for (const ast::Statement& statement : strategy->statements) {
        for_each_use(statement, [&](const ast::SiteUse& use) {
          if (context.is_path(use)) {
            paths.emplace(first_word(use.name.text), &use);
          } else if (use.path) {
            names.insert(first_word(use.name.text));
          }
        });
      }
    }
  }
};

}  // namespace

void import_names(Context& context) {
  std::map<std::string, const Import*> first;
  for (const Import& import : context.rules().imports) {
    // Of a file that is not there, that is all there is to say.
    if (!import.name.empty() && import.name != "." && !can_be_name(import.name)) {
      context.report(Code::kP0219, import.at, "`" + import.name + "` is no name that sites and strategies could stand behind",
                     "give the file a name, for example `as backbone`");
      continue;
    }
    const auto [entry, added] = first.emplace(import.name, &import);
    if (added) continue;
    Diagnostic& diagnostic = context.report(Code::kP0219, import.at, "two files are used by the name `" + import.name + "`",
                                            "give one of them another name, for example `as " + import.name + "-2`");
    diagnostic.notes.push_back({context.range(entry->second->at), "the first one is here"});
  }
}

void unused_imports(Context& context) {
  // A file without strategies of its own hands on those that it uses.
  if (!context.sound() || context.strategies().empty()) return;
  const FirstWords used(context);
  for (const Import& import : context.rules().imports) {
    if (used.names.contains(import.name)) continue;
    context.report(Code::kP0220, import.at, "nothing uses the rules `" + import.name + "`",
                   "extend one of their strategies, for example `extends " + import.name + "." +
                       (import.rules->strategy_names.empty() ? "all" : import.rules->strategy_names.front()) + "`, or leave the line out");
  }
}

void shadowed_names(Context& context) {
  if (!context.sound()) return;
  const FirstWords used(context);
  for (const Import& import : context.rules().imports) {
    const auto path = used.paths.find(import.name);
    if (path == used.paths.end()) continue;
    Diagnostic& diagnostic =
        context.report(Code::kP0223, path->second->at, "`" + import.name + "` is the name of rules, and this path begins with it too",
                       "give the rules another name with `as`, so that each word has one meaning");
    diagnostic.notes.push_back({context.range(import.at), "the rules are named here"});
  }
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const Inherited& one : context.statements(*strategy)) {
      const auto* rank = std::get_if<ast::Rank>(one.statement);
      if (rank == nullptr || !one.own || rank->scope != RankScope::kPerSite) continue;
      const auto sites = context.sites();
      const auto labelled =
          std::find_if(sites.begin(), sites.end(), [](const ast::SiteDeclaration* site) { return labels_of(*site).contains("site"); });
      if (labelled == sites.end()) continue;
      Diagnostic& diagnostic = context.report(Code::kP0223, rank->at, "`rank per site` ranks each layer alone, not by the label `site`",
                                              "give the label another name");
      diagnostic.notes.push_back({context.range((*labelled)->at), "the label is given here"});
    }
  }
}

}  // namespace prunec::checks

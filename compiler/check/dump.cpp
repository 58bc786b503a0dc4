// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"
#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec {
namespace {

void dump_sites(std::string& text, const Scope& scope) {
  for (const ast::Item& item : scope.rules->file.items) {
    if (const auto* site = std::get_if<ast::SiteDeclaration>(&item)) {
      const auto labels = checks::labels_of(*site);
      text += "site " + scope.prefix + site->name.text + ": ";
      text += labels.empty() ? "no labels\n" : "labels " + quoted_list({labels.begin(), labels.end()}, "and") + "\n";
    } else if (const auto* layout = std::get_if<ast::Layout>(&item)) {
      text += "layout " + scope.prefix + layout->name.text + ": " + std::to_string(layout->sites.size()) + " of the sites\n";
    }
  }
  for (const Import& import : scope.rules->imports) {
    const std::string under = to_string(import.under);
    text +=
        "use " + scope.prefix + import.name + ": " + import.rules->file.source->path() + (under.empty() ? "" : " under " + under) + "\n";
    dump_sites(text, inside(scope, import));
  }
}

}  // namespace

std::string dump(const CheckedRules& rules, std::string_view strategy) {
  const Scope scope{&rules, "", {}};
  std::string text = "architecture " + rules.file.architecture.text + "\n";
  dump_sites(text, scope);
  text += "default strategy " + rules.default_strategy + "\n";
  text += "strategy " + std::string(strategy) + ":";
  for (const FoundStrategy& member : lineage(scope, strategy)) {
    text += " " + member.name() + " (" + std::to_string(member.strategy->statements.size()) + " statements)";
  }
  return text + "\n";
}

}  // namespace prunec

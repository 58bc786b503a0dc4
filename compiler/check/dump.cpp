// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"
#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec {

std::string dump(const CheckedRules& rules, std::string_view strategy) {
  std::string text = "architecture " + rules.file.architecture.text + "\n";
  for (const ast::Item& item : rules.file.items) {
    const auto* site = std::get_if<ast::SiteDeclaration>(&item);
    if (site == nullptr) continue;
    const auto labels = checks::labels_of(*site);
    text += "site " + site->name.text + ": ";
    text += labels.empty() ? "no labels\n" : "labels " + quoted_list({labels.begin(), labels.end()}, "and") + "\n";
  }
  text += "default strategy " + rules.default_strategy + "\n";
  text += "strategy " + std::string(strategy) + ":";
  for (const ast::Strategy* member : rules.lineage(strategy)) {
    text += " " + member->name.text + " (" + std::to_string(member->statements.size()) + " statements)";
  }
  return text + "\n";
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/ast.h"

namespace prunec::ast {

const Extent& extent_of(const Statement& statement) {
  return std::visit([](const auto& s) -> const Extent& { return s.at; }, statement);
}

Extent extent_of(const Item& item) {
  if (const auto* strategy = std::get_if<Strategy>(&item)) return {{strategy->at.begin, strategy->braces.end}};
  if (const auto* layout = std::get_if<Layout>(&item)) return {{layout->at.begin, layout->braces.end}};
  if (const auto* site = std::get_if<SiteDeclaration>(&item)) return site->at;
  if (const auto* use = std::get_if<Use>(&item)) return use->at;
  return std::get<DefaultStrategy>(item).at;
}

}  // namespace prunec::ast

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/lsp/features.h"
#include "compiler/lsp/words.h"

namespace prunec::lsp {

using nlohmann::json;

json definition(const View& view, std::size_t offset) {
  json places = json::array();
  const auto word = word_at(view, offset);
  if (!word || word->lexeme.kind != LexemeKind::kWord) return places;
  const Parsed parsed = view.parsed();
  if (names_site(word->roles)) {
    if (const auto* site = find_site(parsed.file, word->text)) places.push_back(location_json(view, site->name.at));
  } else if (names_strategy(word->roles, word->before)) {
    if (const auto* strategy = find_strategy(parsed.file, word->text)) places.push_back(location_json(view, strategy->name.at));
  } else if (names_label(word->roles)) {
    for (const ast::Item& item : parsed.file.items) {
      const auto* site = std::get_if<ast::SiteDeclaration>(&item);
      if (site == nullptr) continue;
      const auto labels = labels_of(*site);
      if (std::find(labels.begin(), labels.end(), word->text) != labels.end()) places.push_back(location_json(view, site->at));
    }
  }
  return places;
}

}  // namespace prunec::lsp

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The answers to an editor's questions, one function each, as JSON of the protocol. `offset` is where the cursor is.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "compiler/lsp/document.h"
#include "compiler/lsp/services.h"
#include "compiler/syntax/continuations.h"

namespace prunec::lsp {

/// A `Hover`, or null: what a keyword means, what a site matches, what a strategy does.
nlohmann::json hover(const View& view, std::size_t offset, const Services& services);

/// A list of `Location`: where the site, strategy or label under the cursor is declared.
nlohmann::json definition(const View& view, std::size_t offset);

/// A `CompletionList`: what the grammar lets stand here.
nlohmann::json completion(const View& view, std::size_t offset);

/// Values that the language has for a kind of word, and whether users name words of that kind themselves.
struct WordValues {
  std::vector<std::string> values;
  bool users_own = false;
};
/// By the grammar's name of the rule; nothing for a rule that is not known here, which a test refuses.
std::optional<WordValues> values_of_rule(const std::string& rule);

/// A list of `DocumentSymbol`.
nlohmann::json symbols(const View& view);

/// A list of `TextEdit`; null for a text with mistakes, which has no layout.
nlohmann::json formatting(const View& view);

/// A list of `CodeAction` for what lies in the range: the corrections that are certain, one by one and all of them.
nlohmann::json code_actions(const View& view, Span range);

}  // namespace prunec::lsp

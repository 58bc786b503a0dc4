// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The words of the rule language and what each of them does.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace prunec::syntax {

enum class KeywordRole {
  kItem,       ///< begins an item of the file, such as `site`
  kStatement,  ///< begins a statement of a strategy, such as `prune`
  kClause,     ///< goes on with an item or a statement, such as `by`
  kInner,      ///< due at one place of one statement only, such as the `least` of `keep at least`
};

/// The keywords with this role, in the order of the table.
std::vector<std::string> keywords_of(KeywordRole role);

/// Of a token type of the generated lexer; nothing for one that is no keyword.
std::optional<KeywordRole> role_of(std::size_t token);

/// A name or a path may follow on the same line.
bool asks_for_name(std::size_t token);

}  // namespace prunec::syntax

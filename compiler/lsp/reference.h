// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The language reference, built in: what it says of a word is what an editor shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace prunec::lsp {

/// The Markdown text of grammar/LANGUAGE.md.
std::string_view reference_text();

/// What the reference says of the statement that the keyword begins, up to its first example; empty for a keyword that begins none.
std::string section_about(std::string_view keyword);

/// The row of a table that explains the value, such as a policy; empty when there is none.
std::string row_about(std::string_view value);

}  // namespace prunec::lsp

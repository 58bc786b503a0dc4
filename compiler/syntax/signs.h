// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What is written with signs that the language does not have: comments and quotes of other languages, foreign letters, invisible signs.
#pragma once

#include <vector>

#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/tokens.h"

namespace antlr4 {
class CommonToken;
}

namespace prunec::syntax {

/// Reports the signs without meaning, each stretch of them once, and hides them from the parser. A word that holds some stays one word,
/// so that it gives one message. Gives the tokens that are left, in order, the end of the file last.
std::vector<antlr4::CommonToken*> without_foreign_signs(const std::vector<antlr4::CommonToken*>& tokens, const OffsetMap& offsets,
                                                        Mistakes& mistakes);

}  // namespace prunec::syntax

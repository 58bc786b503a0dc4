// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The words of a text one by one, mistakes or not, for editors.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/source/source_file.h"

namespace prunec {

enum class LexemeKind { kKeyword, kWord, kText, kSign, kComment, kStray };

struct Lexeme {
  LexemeKind kind;
  Span span;
};

/// In the order of the text. A keyword that stands where a name is due is a word. Empty for bytes that are no text in UTF-8.
std::vector<Lexeme> lexemes(const std::shared_ptr<const SourceFile>& source);

/// Every keyword of the language, in the order of the lexer.
std::vector<std::string> keywords();

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// lexeme_list FILE: what prunec's own lexer says of each word, for comparison with what an editor says. One line each: line, column (both
// from 1, in bytes, as Vim counts), kind, text.

#include <iostream>
#include <memory>

#include "compiler/source/file_io.h"
#include "compiler/syntax/lexemes.h"

namespace {

const char* name_of(prunec::LexemeKind kind) {
  switch (kind) {
    case prunec::LexemeKind::kKeyword:
      return "keyword";
    case prunec::LexemeKind::kWord:
      return "word";
    case prunec::LexemeKind::kText:
      return "text";
    case prunec::LexemeKind::kSign:
      return "sign";
    case prunec::LexemeKind::kComment:
      return "comment";
    case prunec::LexemeKind::kStray:
      return "stray";
  }
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto text = prunec::read_file(argv[1]);
  if (!std::holds_alternative<std::string>(text)) return 2;
  const auto source = std::make_shared<const prunec::SourceFile>(argv[1], std::get<std::string>(std::move(text)));
  for (const prunec::Lexeme& lexeme : prunec::lexemes(source)) {
    const std::size_t line = source->line_column(lexeme.span.begin).line;
    std::cout << line << '\t' << lexeme.span.begin - source->line_start(line) + 1 << '\t' << name_of(lexeme.kind) << '\t'
              << source->text(lexeme.span) << '\n';
  }
}

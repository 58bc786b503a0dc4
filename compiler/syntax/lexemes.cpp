// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/lexemes.h"

#include <PruneLexer.h>
#include <antlr4-runtime.h>

#include "compiler/source/utf8.h"
#include "compiler/syntax/keywords.h"
#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/tokens.h"

namespace prunec {
namespace {

using antlr4::Token;
using prunec_grammar::PruneLexer;

const antlr4::dfa::Vocabulary& vocabulary() {
  static antlr4::ANTLRInputStream none;
  static PruneLexer lexer(&none);
  return lexer.getVocabulary();
}

bool is_keyword(std::size_t type) {
  return syntax::role_of(type).has_value();
}

LexemeKind kind_of(std::size_t type) {
  switch (type) {
    case PruneLexer::PATH:
    case PruneLexer::INT:
    case PruneLexer::NUMBER:
      return LexemeKind::kWord;
    case PruneLexer::STRING:
    case PruneLexer::OPEN_STRING:
      return LexemeKind::kText;
    case PruneLexer::COMMENT:
      return LexemeKind::kComment;
    case PruneLexer::STRAY:
      return LexemeKind::kStray;
    default:
      return is_keyword(type) ? LexemeKind::kKeyword : LexemeKind::kSign;
  }
}

}  // namespace

std::vector<Lexeme> lexemes(const std::shared_ptr<const SourceFile>& source) {
  if (find_malformed_utf8(source->text())) return {};
  syntax::Mistakes mistakes(source);
  syntax::Tokens tokens(mistakes);
  std::vector<Lexeme> found;
  for (const Token* token : tokens.stream().getTokens()) {
    if (token->getType() != Token::EOF) found.push_back({kind_of(token->getType()), tokens.offsets().span_of(*token)});
  }
  return found;
}

std::vector<std::string> keywords() {
  std::vector<std::string> words;
  for (std::size_t type = 1; type <= vocabulary().getMaxTokenType(); ++type) {
    const std::string quoted = vocabulary().getLiteralName(type);  // 'tie', with the quotes of the grammar
    if (!is_keyword(type) || quoted.empty()) continue;
    words.push_back(quoted.substr(1, quoted.size() - 2));
  }
  return words;
}

}  // namespace prunec

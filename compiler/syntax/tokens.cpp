// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/tokens.h"

#include <PruneLexer.h>
#include <algorithm>
#include <antlr4-runtime.h>
#include <string>

#include "compiler/diag/nearest.h"
#include "compiler/source/utf8.h"
#include "compiler/syntax/keywords.h"
#include "compiler/syntax/signs.h"

namespace prunec::syntax {
namespace {

using antlr4::CommonToken;
using antlr4::Token;
using prunec_grammar::PruneLexer;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_word(std::size_t type) {
  return type == PruneLexer::PATH || type == PruneLexer::INT || type == PruneLexer::NUMBER;
}

/// Whether what follows on the line shows that the keyword before it is a name: `first, stem`, `from across stage`.
bool goes_on_as_list(const Token& token, const Token& after) {
  if (after.getLine() != token.getLine()) return false;
  return after.getType() == PruneLexer::COMMA || after.getType() == PruneLexer::LBRACKET;
}

/// `skip first 3` and a slip such as `skip first` mean the end of the order; `skip first, stem` means a site of that name. The same
/// goes for `tie from graph`.
bool stays_keyword(const Token& before, const Token& token, const Token& after) {
  const bool same_line = after.getLine() == token.getLine();
  switch (before.getType()) {
    case PruneLexer::KW_SKIP:
      if (token.getType() == PruneLexer::KW_FIRST || token.getType() == PruneLexer::KW_LAST) return !goes_on_as_list(token, after);
      break;
    case PruneLexer::KW_TIE:
      if (token.getType() == PruneLexer::KW_FROM)
        return !goes_on_as_list(token, after) && !(same_line && role_of(after.getType()) == KeywordRole::kClause);
      break;
    case PruneLexer::KW_CONCAT_PROPAGATE:
      // Its sites may be left out, so that a clause or the next statement may follow at once.
      return !goes_on_as_list(token, after);
    default:
      break;
  }
  // `tie across stage`: a name is missing, and `across` is what it looks like.
  return same_line && is_word(after.getType()) && before.getType() != PruneLexer::COMMA;
}

/// A keyword on the same line as the word that asks for a name is that name; behind a comma also in the next line when it starts and
/// continues nothing.
bool is_name(const Token& before, const Token& token, const Token& after) {
  const auto role = role_of(token.getType());
  if (!role || !asks_for_name(before.getType())) return false;
  if (before.getLine() != token.getLine()) return before.getType() == PruneLexer::COMMA && role == KeywordRole::kInner;
  return !stays_keyword(before, token, after);
}

void settle_keywords(const std::vector<CommonToken*>& tokens) {
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (is_name(*tokens[i - 1], *tokens[i], *tokens[i + 1])) tokens[i]->setType(PruneLexer::PATH);
  }
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Token& after = *tokens[i + 1];
    if (tokens[i]->getType() == PruneLexer::KW_CONCAT_PROPAGATE && !(is_word(after.getType()) && after.getLine() == tokens[i]->getLine()))
      tokens[i]->setType(PruneLexer::CONCAT_PROPAGATE_ALL);
  }
}

/// The first word, nearly `prunec`: what follows is understood as if it were.
void settle_version(const std::vector<CommonToken*>& tokens, const OffsetMap& offsets, Mistakes& mistakes) {
  if (tokens.size() < 2 || tokens[0]->getType() != PruneLexer::PATH || tokens[1]->getType() != PruneLexer::INT) return;
  const Span span = offsets.span_of(*tokens[0]);
  const std::string word(mistakes.source()->text(span));
  if (nearest(word, {"prunec"}).empty()) return;
  suggest(mistakes.add(Code::kP0110, span, "`" + word + "` starts no statement"), {mistakes.source(), span}, word, {"prunec"});
  tokens[0]->setType(PruneLexer::KW_PRUNEC);
}

}  // namespace

OffsetMap::OffsetMap(std::string_view text) : size_(text.size()) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
  // The lexer does not see a byte order mark.
  for (std::size_t i = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0; i < text.size(); i += code_point_length(text, i)) {
    bytes_.push_back(i);
  }
}

std::size_t OffsetMap::byte_of(std::size_t code_point) const {
  if (bytes_.empty()) return std::min(code_point, size_);
  return code_point < bytes_.size() ? bytes_[code_point] : size_;
}

Span OffsetMap::span_of(const Token& token) const {
  const std::size_t begin = byte_of(token.getStartIndex());
  if (token.getType() == Token::EOF) return {begin, begin};
  return {begin, byte_of(token.getStopIndex() + 1)};
}

struct Tokens::Machine {
  antlr4::ANTLRInputStream input;
  PruneLexer lexer;
  antlr4::CommonTokenStream stream;

  explicit Machine(std::string_view text) : input(std::string(text)), lexer(&input), stream(&lexer) { lexer.removeErrorListeners(); }
};

Tokens::Tokens(Mistakes& mistakes) : offsets_(mistakes.source()->text()), machine_(std::make_unique<Machine>(mistakes.source()->text())) {
  machine_->stream.fill();
  std::vector<CommonToken*> shown;
  for (Token* token : machine_->stream.getTokens()) {
    if (token->getChannel() == Token::DEFAULT_CHANNEL) shown.push_back(dynamic_cast<CommonToken*>(token));
  }
  const std::vector<CommonToken*> visible = without_foreign_signs(shown, offsets_, mistakes);
  settle_version(visible, offsets_, mistakes);
  settle_keywords(visible);
  machine_->stream.seek(0);
}

Tokens::~Tokens() = default;

antlr4::CommonTokenStream& Tokens::stream() {
  return machine_->stream;
}

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/keywords.h"

#include <PruneLexer.h>
#include <antlr4-runtime.h>
#include <array>

namespace prunec::syntax {
namespace {

using Lexer = prunec_grammar::PruneLexer;

enum class Next { kName, kOther };

struct Entry {
  std::size_t token;
  KeywordRole role;
  Next next;
};

constexpr std::array kTable = {
    Entry{Lexer::KW_PRUNEC, KeywordRole::kItem, Next::kOther},
    Entry{Lexer::KW_ARCHITECTURE, KeywordRole::kItem, Next::kName},
    Entry{Lexer::KW_SITE, KeywordRole::kItem, Next::kName},
    Entry{Lexer::KW_WHERE, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_LAYOUT, KeywordRole::kItem, Next::kName},
    Entry{Lexer::KW_USE, KeywordRole::kItem, Next::kOther},
    Entry{Lexer::KW_UNDER, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_AS, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_STRATEGY, KeywordRole::kItem, Next::kName},
    Entry{Lexer::KW_EXTENDS, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_DEFAULT, KeywordRole::kItem, Next::kOther},
    Entry{Lexer::KW_PRUNE, KeywordRole::kStatement, Next::kName},
    Entry{Lexer::KW_SKIP, KeywordRole::kStatement, Next::kName},
    Entry{Lexer::KW_FIRST, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_LAST, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_OF, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_TIE, KeywordRole::kStatement, Next::kName},
    Entry{Lexer::KW_FROM, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_GRAPH, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_ACROSS, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_BY, KeywordRole::kClause, Next::kOther},
    Entry{Lexer::KW_CARRYING, KeywordRole::kClause, Next::kName},
    Entry{Lexer::KW_EVEN, KeywordRole::kClause, Next::kOther},
    Entry{Lexer::KW_IF, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_UNRELATED, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_CONCAT_PROPAGATE, KeywordRole::kStatement, Next::kName},
    Entry{Lexer::KW_CONCAT_SELECT, KeywordRole::kStatement, Next::kName},
    Entry{Lexer::KW_GROUPS, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_SHUFFLES, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_DIVISIBLE, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_ROUND, KeywordRole::kClause, Next::kOther},
    Entry{Lexer::KW_KEEP, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_REMOVE, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_AT, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_LEAST, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_MOST, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_RATIO, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_EXACT, KeywordRole::kClause, Next::kOther},
    Entry{Lexer::KW_THRESHOLD, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_BUDGET, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_RANK, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_GLOBAL, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_PER, KeywordRole::kInner, Next::kName},
    Entry{Lexer::KW_SCORE, KeywordRole::kStatement, Next::kOther},
    Entry{Lexer::KW_GAMMA, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_WEIGHT, KeywordRole::kInner, Next::kOther},
    Entry{Lexer::KW_NORMALIZED, KeywordRole::kClause, Next::kOther},
};

const Entry* find(std::size_t token) {
  // The one keyword that the set-up of the tokens gives a second type.
  if (token == Lexer::CONCAT_PROPAGATE_ALL) token = Lexer::KW_CONCAT_PROPAGATE;
  for (const Entry& entry : kTable) {
    if (entry.token == token) return &entry;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> keywords_of(KeywordRole role) {
  static antlr4::ANTLRInputStream nothing;
  static const Lexer lexer(&nothing);
  std::vector<std::string> texts;
  for (const Entry& entry : kTable) {
    if (entry.role != role) continue;
    const std::string quoted = lexer.getVocabulary().getLiteralName(entry.token);
    texts.push_back(quoted.substr(1, quoted.size() - 2));
  }
  return texts;
}

std::optional<KeywordRole> role_of(std::size_t token) {
  const Entry* entry = find(token);
  return entry == nullptr ? std::nullopt : std::optional(entry->role);
}

bool asks_for_name(std::size_t token) {
  switch (token) {
    case Lexer::COMMA:
    case Lexer::EQUALS:
    case Lexer::LBRACKET:
    case Lexer::PIPE:
      return true;
    default:
      const Entry* entry = find(token);
      return entry != nullptr && entry->next == Next::kName;
  }
}

}  // namespace prunec::syntax

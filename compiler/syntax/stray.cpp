// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/stray.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <string>
#include <vector>

#include "compiler/diag/nearest.h"

namespace prunec::syntax {
namespace {

using antlr4::Token;
using Grammar = prunec_grammar::PruneParser;

const std::vector<std::string> kItems = {"prunec", "architecture", "site", "strategy", "default"};
const std::vector<std::string> kStatements = {"prune", "skip", "tie", "divisible", "ratio", "threshold"};
const std::vector<std::string> kClauses = {"across", "by", "carrying", "of", "round", "where", "extends"};

bool is_word(const Token& token) {
  return token.getType() == Grammar::PATH || token.getType() == Grammar::INT || token.getType() == Grammar::NUMBER;
}

bool starts_statement(const std::string& text) {
  for (const std::string& keyword : kStatements) {
    if (keyword == text) return true;
  }
  return false;
}

}  // namespace

/// The inside of a block with a misspelt head is not misplaced: one message is enough.
bool StrayReporter::swallowed(const Token& token) {
  const bool inside = open_braces_ > 0;
  if (token.getType() == Grammar::LBRACE && (inside || token.getLine() == reported_line_)) ++open_braces_;
  if (token.getType() == Grammar::RBRACE && inside) --open_braces_;
  return inside || token.getLine() == reported_line_;
}

void StrayReporter::add(const Token& token) {
  if (swallowed(token) || mistakes_.any_at(offsets_.span_of(token).begin)) return;
  reported_line_ = token.getLine();
  if (token.getType() == Grammar::LBRACE) ++open_braces_;
  const Span span = offsets_.span_of(token);
  const std::string text(mistakes_.source()->text(span));
  if (last_ != nullptr && last_->getLine() == token.getLine()) {
    report_after(token, span, text);
  } else {
    report(token, span, text);
  }
}

void StrayReporter::report(const Token& token, Span span, const std::string& text) {
  if (scope_ == Scope::kFile && starts_statement(text)) {
    mistakes_.add(Code::kP0111, span, "`" + text + "` stands outside a strategy", "put it between the `{` and `}` of a strategy");
  } else if (token.getType() == Grammar::RBRACE) {
    mistakes_.add(Code::kP0101, span, "this `}` closes nothing", "leave it out");
  } else if (scope_ == Scope::kFile) {
    const std::string help = "a rule file holds `architecture`, `site`, `strategy` and `default strategy`";
    mistakes_.add(Code::kP0110, span, "`" + text + "` starts no statement", did_you_mean(text, kItems, help));
  } else {
    const std::string help = "a strategy holds " + quoted_list(kStatements, "and");
    mistakes_.add(Code::kP0110, span, "`" + text + "` starts no statement", did_you_mean(text, kStatements, help));
  }
}

/// Behind a whole statement on its line.
void StrayReporter::report_after(const Token& token, Span span, const std::string& text) {
  const std::string before(mistakes_.source()->text(offsets_.span_of(*last_)));
  std::string help = did_you_mean(text, kClauses);
  if (help.empty() && is_word(token) && is_word(*last_)) help = "separate two names by a comma";
  mistakes_.add(Code::kP0101, span, "did not expect `" + text + "` after `" + before + "`", help);
}

}  // namespace prunec::syntax

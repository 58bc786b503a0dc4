// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/stray.h"

#include <PruneParser.h>
#include <algorithm>
#include <antlr4-runtime.h>
#include <string>
#include <vector>

#include "compiler/diag/nearest.h"
#include "compiler/syntax/keywords.h"

namespace prunec::syntax {
namespace {

using antlr4::Token;
using Grammar = prunec_grammar::PruneParser;

bool is_word(const Token& token) {
  return token.getType() == Grammar::PATH || token.getType() == Grammar::INT || token.getType() == Grammar::NUMBER;
}

bool is_number(const Token& token) {
  return token.getType() == Grammar::INT || token.getType() == Grammar::NUMBER;
}

/// What may begin a line.
std::vector<std::string> starts_in(Scope scope) {
  if (scope == Scope::kLayout) return {"site"};
  return keywords_of(scope == Scope::kFile ? KeywordRole::kItem : KeywordRole::kStatement);
}

std::string holds(Scope scope) {
  if (scope == Scope::kLayout) return "a layout holds `site`";
  if (scope == Scope::kFile) return "a rule file holds `architecture`, `use`, `site`, `layout`, `strategy` and `default strategy`";
  return "a strategy holds " + quoted_list(starts_in(scope), "and");
}

/// What may go on behind something; a word that is spelt right is none of these.
std::vector<std::string> clauses_in(Scope scope) {
  if (scope == Scope::kLayout) return {"where"};
  if (scope == Scope::kFile) return {"where", "under", "as", "extends"};
  std::vector<std::string> clauses = keywords_of(KeywordRole::kClause);
  std::erase_if(clauses, [](const std::string& clause) {
    const auto others = clauses_in(Scope::kFile);
    return std::find(others.begin(), others.end(), clause) != others.end();
  });
  return clauses;
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
  if (token.getType() == Grammar::LBRACE) {
    ++open_braces_;
    // In a strategy its `}` ends the strategy, and that one's is left over.
    if (scope_ != Scope::kFile) mistakes_.expect_spare_brace();
  }
  const Span span = offsets_.span_of(token);
  const std::string text(mistakes_.source()->text(span));
  if (last_ != nullptr && last_->getLine() == token.getLine()) {
    report_after(token, span, text);
  } else {
    report(token, span, text);
  }
}

void StrayReporter::report(const Token& token, Span span, const std::string& text) {
  const SourceRange range{mistakes_.source(), span};
  if (scope_ != Scope::kStrategy && role_of(token.getType()) == KeywordRole::kStatement) {
    mistakes_.add(Code::kP0111, span, "`" + text + "` stands outside a strategy", "put it between the `{` and `}` of a strategy");
  } else if (token.getType() == Grammar::RBRACE) {
    if (mistakes_.take_spare_brace()) return;
    mistakes_.add(Code::kP0101, span, "this `}` closes nothing", "leave it out").fix = Fix{range, ""};
  } else {
    Diagnostic& unknown = mistakes_.add(Code::kP0110, span, "`" + text + "` starts no statement");
    suggest(unknown, range, text, role_of(token.getType()) ? std::vector<std::string>{} : starts_in(scope_), holds(scope_));
  }
}

/// Behind a whole statement on its line.
void StrayReporter::report_after(const Token& token, Span span, const std::string& text) {
  const Span last = offsets_.span_of(*last_);
  const std::string before(mistakes_.source()->text(last));
  Diagnostic& unexpected = mistakes_.add(Code::kP0101, span, "did not expect `" + text + "` after `" + before + "`");
  // `skip firts 3`.
  if (is_number(token) && last_->getType() == Grammar::PATH && !nearest(before, {"first", "last"}).empty())
    return suggest(unexpected, {mistakes_.source(), last}, before, {"first", "last"});
  suggest(unexpected, {mistakes_.source(), span}, text, role_of(token.getType()) ? std::vector<std::string>{} : clauses_in(scope_),
          otherwise(token, text));
  const bool after_site = last_->getType() == Grammar::PATH || last_->getType() == Grammar::RBRACKET;
  if (!after_site || scope_ != Scope::kStrategy || unexpected.fix) return;
  if (text == "and") unexpected.fix = Fix{{mistakes_.source(), {last.end, span.end}}, ","};
}

std::string StrayReporter::otherwise(const Token& token, const std::string& text) const {
  if (text.starts_with("--")) return "a comment begins with `#`";
  if (text == "and") return "the parts of a list are separated by commas";
  if (!is_word(token)) return "";
  if (is_number(*last_)) return "sites stand behind `of`, as in `divisible 32 of bn2`";
  return last_->getType() == Grammar::PATH && !is_number(token) ? "separate two names by a comma" : "";
}

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/recovery.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <string>

#include "compiler/syntax/stray.h"
#include "compiler/syntax/wording.h"

namespace prunec::syntax {
namespace {

using antlr4::InputMismatchException;
using antlr4::Parser;
using antlr4::RecognitionException;
using antlr4::Token;
using prunec_grammar::PruneParser;

bool starts_item(std::size_t type) {
  switch (type) {
    case PruneParser::KW_PRUNEC:
    case PruneParser::KW_ARCHITECTURE:
    case PruneParser::KW_SITE:
    case PruneParser::KW_STRATEGY:
    case PruneParser::KW_DEFAULT:
      return true;
    default:
      return false;
  }
}

bool starts_statement(std::size_t type) {
  switch (type) {
    case PruneParser::KW_PRUNE:
    case PruneParser::KW_SKIP:
    case PruneParser::KW_TIE:
    case PruneParser::KW_DIVISIBLE:
    case PruneParser::KW_RATIO:
    case PruneParser::KW_THRESHOLD:
      return true;
    default:
      return false;
  }
}

/// Tokens that only stand behind something.
bool continues(std::size_t type) {
  switch (type) {
    case PruneParser::COMMA:
    case PruneParser::PIPE:
    case PruneParser::LBRACKET:
    case PruneParser::KW_WHERE:
    case PruneParser::KW_OF:
    case PruneParser::KW_ACROSS:
    case PruneParser::KW_BY:
    case PruneParser::KW_CARRYING:
    case PruneParser::KW_ROUND:
      return true;
    default:
      return false;
  }
}

bool ends_skipping(std::size_t type) {
  return type == Token::EOF || type == PruneParser::RBRACE || starts_item(type) || starts_statement(type);
}

bool lies_in(antlr4::RuleContext* context, std::size_t rule) {
  for (; context != nullptr; context = dynamic_cast<antlr4::RuleContext*>(context->parent)) {
    if (context->getRuleIndex() == rule) return true;
  }
  return false;
}

/// The bases' own repairs (dropping or inventing a token in silence) are off: after a mistake, the rest of its statement is skipped.
class Recovery : public antlr4::DefaultErrorStrategy {
 public:
  Recovery(Mistakes& mistakes, const OffsetMap& offsets) : mistakes_(mistakes), offsets_(offsets) {}

  /// Called before each round of a loop: between statements, what continues something has nothing to continue.
  void sync(Parser* parser) override {
    const std::size_t rule = parser->getContext()->getRuleIndex();
    if (rule != PruneParser::RuleFile && rule != PruneParser::RuleStrategy) return;
    auto* input = dynamic_cast<antlr4::CommonTokenStream*>(parser->getTokenStream());
    while (continues(input->LA(1))) {
      const Token* first = input->LT(1);
      const Token* before = input->LT(-1);
      if (!inErrorRecoveryMode(parser) && !follows_stray(*parser->getContext(), *first)) {
        StrayReporter stray(mistakes_, offsets_, rule == PruneParser::RuleFile ? Scope::kFile : Scope::kStrategy);
        stray.end_of(before);
        stray.add(*first);
      }
      while (input->LT(1)->getLine() == first->getLine() && !ends_skipping(input->LA(1))) parser->consume();
    }
  }

  Token* recoverInline(Parser* parser) override {
    InputMismatchException mismatch(parser);
    // A strategy whose `{` is missing has statements all the same.
    if (mismatch.getExpectedTokens().contains(static_cast<ssize_t>(PruneParser::LBRACE))) {
      reportError(parser, mismatch);
      return find_brace(*parser);
    }
    throw mismatch;
  }

  void reportError(Parser* parser, const RecognitionException& error) override {
    if (inErrorRecoveryMode(parser)) return;
    beginErrorCondition(parser);
    if (mistakes_.any_at(offsets_.span_of(*error.getOffendingToken()).begin)) return;
    // An unclosed text has swallowed what is missing behind it.
    const Token* before = dynamic_cast<antlr4::CommonTokenStream*>(parser->getTokenStream())->LT(-1);
    if (before != nullptr && before->getType() == PruneParser::STRING && mistakes_.any_at(offsets_.span_of(*before).begin)) return;
    report(*parser, *error.getOffendingToken(), error.getExpectedTokens());
  }

  void recover(Parser* parser, std::exception_ptr /*error*/) override {
    auto* input = parser->getInputStream();
    if (!input_moved(input->index())) parser->consume();
    const bool in_head = lies_in(parser->getContext(), PruneParser::RuleStrategyHead);
    const bool in_strategy = lies_in(parser->getContext(), PruneParser::RuleStrategy);
    for (std::size_t type = input->LA(1); type != Token::EOF; type = input->LA(1)) {
      if (starts_item(type) || starts_statement(type)) return;
      if (in_head && type == PruneParser::LBRACE) return;
      if (in_strategy && type == PruneParser::RBRACE) return;
      parser->consume();
    }
  }

 private:
  /// Whether the same line has text already that the tree builder will report.
  static bool follows_stray(const antlr4::ParserRuleContext& context, const Token& token) {
    auto* last = context.children.empty() ? nullptr : dynamic_cast<antlr4::ParserRuleContext*>(context.children.back());
    if (last == nullptr || last->getStart()->getLine() != token.getLine()) return false;
    auto* item = dynamic_cast<PruneParser::ItemContext*>(last);
    auto* statement = dynamic_cast<PruneParser::StatementContext*>(last);
    return (item != nullptr && item->strayItem() != nullptr) || (statement != nullptr && statement->strayStatement() != nullptr);
  }

  /// The brace further on in the line, past what does not belong there; else one that is thought to be there.
  Token* find_brace(Parser& parser) {
    auto* input = dynamic_cast<antlr4::CommonTokenStream*>(parser.getTokenStream());
    const Token* before = input->LT(-1);
    for (Token* token = input->LT(1); token->getType() != Token::EOF; token = input->LT(1)) {
      if (token->getType() == PruneParser::LBRACE) return parser.consume();
      if (token->getLine() != before->getLine() || starts_item(token->getType()) || starts_statement(token->getType())) break;
      parser.consume();
    }
    return brace_after(*before, parser);
  }

  /// A brace of no width behind a token: what is invented has a place in the text too.
  Token* brace_after(const Token& before, Parser& parser) {
    auto* brace = dynamic_cast<antlr4::CommonToken*>(getMissingSymbol(&parser));
    brace->setStartIndex(before.getStopIndex() + 1);
    brace->setStopIndex(before.getStopIndex());
    return brace;
  }

  /// A guard against standing still: recovering often at one token means that nothing takes it. Rules that nest pass the token on a
  /// few times before a loop takes it.
  bool input_moved(std::size_t index) {
    constexpr int kDeepestNesting = 16;
    standing_ = index == last_index_ ? standing_ + 1 : 0;
    last_index_ = index;
    return standing_ < kDeepestNesting;
  }

  void report(Parser& parser, const Token& found, const antlr4::misc::IntervalSet& expected) {
    auto* context = parser.getContext();
    const auto* parent = dynamic_cast<antlr4::RuleContext*>(context->parent);
    const std::size_t only = expected.size() == 1 ? static_cast<std::size_t>(expected.getMinElement()) : 0;
    const Expectation due = expectation(context->getRuleIndex(), parent == nullptr ? 0 : parent->getRuleIndex(), only);
    if (due.code == Code::kP0112) return report_unclosed(dynamic_cast<PruneParser::StrategyContext&>(*context), found, due);

    const Token* before = dynamic_cast<antlr4::CommonTokenStream*>(parser.getTokenStream())->LT(-1);
    std::string message = "expected " + due.what;
    Span place = offsets_.span_of(found);
    if (before != nullptr) {
      const Span last = offsets_.span_of(*before);
      message += " after `" + std::string(mistakes_.source()->text(last)) + "`";
      // What is missing at the end of a line is missing there, not at the start of the next one.
      if (found.getType() == Token::EOF || found.getLine() != before->getLine()) place = {last.end, last.end};
    }
    const bool number = due.code == Code::kP0104 && place.begin != place.end;
    mistakes_.add(due.code, place, std::move(message), due.help,
                  number ? (due.what == "a whole number" ? "not a whole number" : "not a number") : "");
  }

  /// Marks the head: the end of the file says nothing about which brace is missing.
  void report_unclosed(PruneParser::StrategyContext& strategy, const Token& found, const Expectation& due) {
    auto* head = strategy.strategyHead();
    const Span first = offsets_.span_of(*head->getStart());
    const Span last = offsets_.span_of(*head->getStop());
    const Span place = offsets_.span_of(found);
    Diagnostic& diagnostic = mistakes_.add(due.code, {first.begin, last.end}, "the strategy has no closing `}`", due.help);
    if (found.getType() != Token::EOF) diagnostic.notes.push_back({SourceRange{mistakes_.source(), place}, "it is missed here"});
  }

  Mistakes& mistakes_;
  const OffsetMap& offsets_;
  std::size_t last_index_ = static_cast<std::size_t>(-1);
  int standing_ = 0;
};

}  // namespace

std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(Mistakes& mistakes, const OffsetMap& offsets) {
  return std::make_shared<Recovery>(mistakes, offsets);
}

}  // namespace prunec::syntax

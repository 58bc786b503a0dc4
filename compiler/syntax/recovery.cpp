// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/recovery.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <string>

#include "compiler/diag/nearest.h"
#include "compiler/syntax/keywords.h"
#include "compiler/syntax/stray.h"
#include "compiler/syntax/values.h"
#include "compiler/syntax/wording.h"

namespace prunec::syntax {
namespace {

using antlr4::InputMismatchException;
using antlr4::Parser;
using antlr4::RecognitionException;
using antlr4::Token;
using prunec_grammar::PruneParser;

bool starts_item(std::size_t type) {
  return role_of(type) == KeywordRole::kItem;
}

bool starts_statement(std::size_t type) {
  return role_of(type) == KeywordRole::kStatement;
}

/// Tokens that only stand behind something.
bool continues(std::size_t type) {
  return type == PruneParser::COMMA || type == PruneParser::PIPE || type == PruneParser::LBRACKET || type == PruneParser::PERCENT ||
         role_of(type) == KeywordRole::kClause;
}

bool ends_skipping(std::size_t type) {
  return type == Token::EOF || type == PruneParser::RBRACE || starts_item(type) || starts_statement(type);
}

Scope scope_of(std::size_t rule) {
  if (rule == PruneParser::RuleFile) return Scope::kFile;
  return rule == PruneParser::RuleLayout ? Scope::kLayout : Scope::kStrategy;
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
    if (rule != PruneParser::RuleFile && rule != PruneParser::RuleStrategy && rule != PruneParser::RuleLayout) return;
    auto* input = dynamic_cast<antlr4::CommonTokenStream*>(parser->getTokenStream());
    while (continues(input->LA(1))) {
      const Token* first = input->LT(1);
      const Token* before = input->LT(-1);
      if (!inErrorRecoveryMode(parser) && !follows_stray(*parser->getContext(), *first)) {
        StrayReporter stray(mistakes_, offsets_, scope_of(rule));
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
    const Span found = offsets_.span_of(*error.getOffendingToken());
    if (mistakes_.any_at(found.begin)) return;
    const auto expected = error.getExpectedTokens();
    // What is missing behind a word or a sign that was told is missing since that stands there; a missing `}` is another matter.
    const Token* before = dynamic_cast<antlr4::CommonTokenStream*>(parser->getTokenStream())->LT(-1);
    const bool brace = expected.contains(static_cast<ssize_t>(PruneParser::RBRACE));
    const bool echo = before != nullptr && (!brace || before->getType() == PruneParser::STRING) &&
                      mistakes_.any_in({offsets_.span_of(*before).begin, found.begin});
    if (!echo) report(*parser, *error.getOffendingToken(), expected);
  }

  void recover(Parser* parser, std::exception_ptr /*error*/) override {
    auto* input = parser->getInputStream();
    if (!input_moved(input->index())) parser->consume();
    auto* context = parser->getContext();
    const bool in_head = lies_in(context, PruneParser::RuleStrategyHead) || lies_in(context, PruneParser::RuleLayoutHead);
    const bool in_block = lies_in(context, PruneParser::RuleStrategy) || lies_in(context, PruneParser::RuleLayout);
    for (std::size_t type = input->LA(1); type != Token::EOF; type = input->LA(1)) {
      if (starts_item(type) || starts_statement(type)) return;
      if (in_head && type == PruneParser::LBRACE) return;
      if (in_block && type == PruneParser::RBRACE) return;
      parser->consume();
    }
  }

 private:
  /// Whether the same line has text already that the tree builder will report.
  static bool follows_stray(const antlr4::ParserRuleContext& context, const Token& token) {
    auto* last = context.children.empty() ? nullptr : dynamic_cast<antlr4::ParserRuleContext*>(context.children.back());
    if (last == nullptr || last->getStart()->getLine() != token.getLine()) return false;
    auto* item = dynamic_cast<PruneParser::ItemContext*>(last);
    auto* part = dynamic_cast<PruneParser::LayoutPartContext*>(last);
    auto* statement = dynamic_cast<PruneParser::StatementContext*>(last);
    return (item != nullptr && item->strayItem() != nullptr) || (part != nullptr && part->strayPart() != nullptr) ||
           (statement != nullptr && statement->strayStatement() != nullptr);
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
    if (due.code == Code::kP0112) return report_unclosed(parser, found, due);

    const Token* before = dynamic_cast<antlr4::CommonTokenStream*>(parser.getTokenStream())->LT(-1);
    std::string message = "expected " + due.what;
    Span place = offsets_.span_of(found);
    if (before != nullptr) {
      const Span last = offsets_.span_of(*before);
      message += " after `" + std::string(mistakes_.source()->text(last)) + "`";
      // What is missing at the end of a line is missing there, not at the start of the next one.
      if (found.getType() == Token::EOF || found.getLine() != before->getLine()) place = {last.end, last.end};
    }
    if (due.only == PruneParser::PERCENT)
      return report_no_percent(mistakes_, offsets_.span_of(*before), "`%` after `" + text_of(*before) + "`");
    const bool number = due.code == Code::kP0104 && place.begin != place.end;
    Diagnostic& diagnostic = mistakes_.add(due.code, place, std::move(message), due.help,
                                           number ? (due.what == "a whole number" ? "not a whole number" : "not a number") : "");
    // A word that is nearly the one that is due; on the next line it would be the start of something else.
    if (place.begin == place.end) return;
    const std::string word = text_of(found);
    const SourceRange range{mistakes_.source(), place};
    if (due.quoted && found.getType() == PruneParser::PATH) {
      diagnostic.fix = Fix{range, '"' + word + '"'};
    } else if (!nearest(word, due.candidates).empty()) {
      suggest(diagnostic, range, word, due.candidates);
    } else if (found.getType() == PruneParser::EQUALS && (due.code == Code::kP0104 || before->getType() == PruneParser::EQUALS)) {
      diagnostic.help = "leave the `=` out" + (due.help.empty() ? "" : "; " + due.help);
      diagnostic.fix = Fix{range, ""};
    } else if (found.getType() == PruneParser::STRING && takes_path(context->getRuleIndex()) && is_path_text(word)) {
      diagnostic.help = "write it without quotes";
      diagnostic.fix = Fix{range, word.substr(1, word.size() - 2)};
    } else if (context->getRuleIndex() == PruneParser::RuleFilter && before->getType() == PruneParser::INT) {
      suggest_bar(parser, diagnostic);
    } else if (due.candidates.size() == 1 && goes_on_with(found, only)) {
      diagnostic.help = "write `" + due.candidates.front() + "` before it";
      diagnostic.fix = Fix{{mistakes_.source(), {place.begin, place.begin}}, due.candidates.front() + " "};
    }
  }

  /// Whether what was found is what stands behind the one word that is missing.
  static bool goes_on_with(const Token& found, std::size_t missing) {
    const std::size_t type = found.getType();
    if (missing == PruneParser::KW_LEAST || missing == PruneParser::KW_MOST) return type == PruneParser::INT || type == PruneParser::NUMBER;
    if (missing == PruneParser::KW_IF) return type == PruneParser::KW_UNRELATED;
    return (missing == PruneParser::KW_STRATEGY || missing == PruneParser::KW_BY) && type == PruneParser::PATH;
  }

  /// Of `[stage=1,2]`: the comma begins a second filter.
  void suggest_bar(Parser& parser, Diagnostic& diagnostic) const {
    diagnostic.help = "several values of one label are separated by `|`, as in `stage=1|3`";
    const Token* comma = dynamic_cast<antlr4::CommonTokenStream*>(parser.getTokenStream())->LT(-2);
    if (comma->getType() == PruneParser::COMMA) diagnostic.fix = Fix{{mistakes_.source(), offsets_.span_of(*comma)}, "|"};
  }

  static bool takes_path(std::size_t rule) { return rule == PruneParser::RulePattern || rule == PruneParser::RulePath; }

  static bool is_path_text(const std::string& quoted) {
    return quoted.size() > 2 && std::holds_alternative<PathPattern>(parse_pattern(quoted.substr(1, quoted.size() - 2)));
  }

  std::string text_of(const Token& token) const { return std::string(mistakes_.source()->text(offsets_.span_of(token))); }

  /// Marks the head: the end of the file says nothing about which brace is missing. Blocks do not nest, so it is missing before what
  /// begins an item, or at the end of the file.
  void report_unclosed(Parser& parser, const Token& found, const Expectation& due) {
    auto* block = parser.getContext();
    auto* strategy = dynamic_cast<PruneParser::StrategyContext*>(block);
    auto* head = strategy != nullptr ? static_cast<antlr4::ParserRuleContext*>(strategy->strategyHead())
                                     : dynamic_cast<PruneParser::LayoutContext&>(*block).layoutHead();
    const Span first = offsets_.span_of(*head->getStart());
    const Span last = offsets_.span_of(*head->getStop());
    const Span place = offsets_.span_of(found);
    const std::string kind = strategy != nullptr ? "strategy" : "layout";
    Diagnostic& diagnostic = mistakes_.add(due.code, {first.begin, last.end}, "the " + kind + " has no closing `}`", due.help);
    if (found.getType() != Token::EOF) diagnostic.notes.push_back({SourceRange{mistakes_.source(), place}, "it is missed here"});
    const Token* before = dynamic_cast<antlr4::CommonTokenStream*>(parser.getTokenStream())->LT(-1);
    const SourceFile& source = *mistakes_.source();
    const std::size_t line = source.line_column(offsets_.span_of(*before).end).line;
    const std::size_t end = source.line_start(line) + source.line(line).size();
    // With as many `}` as `{`, one of them is spare: a block inside a block.
    if (braces_match(parser)) {
      diagnostic.help = "strategies and layouts stand beside one another, none inside another";
      mistakes_.expect_spare_brace();
    } else if (found.getType() == Token::EOF || place.begin >= end) {
      diagnostic.fix = Fix{{mistakes_.source(), {end, end}}, "\n}"};
    }
  }

  static bool braces_match(Parser& parser) {
    std::size_t open = 0, closed = 0;
    for (const Token* token : dynamic_cast<antlr4::CommonTokenStream*>(parser.getTokenStream())->getTokens()) {
      open += token->getType() == PruneParser::LBRACE && token->getChannel() == Token::DEFAULT_CHANNEL ? 1 : 0;
      closed += token->getType() == PruneParser::RBRACE && token->getChannel() == Token::DEFAULT_CHANNEL ? 1 : 0;
    }
    return open > 0 && open == closed;
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

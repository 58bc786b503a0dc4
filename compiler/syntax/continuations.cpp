// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/continuations.h"

#include <PruneLexer.h>
#include <PruneParser.h>
#include <algorithm>
#include <antlr4-runtime.h>
#include <set>
#include <utility>

#include "compiler/source/utf8.h"
#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/tokens.h"

namespace prunec {
namespace {

using antlr4::Token;
using antlr4::atn::ATNState;
using antlr4::atn::RuleTransition;
using antlr4::atn::Transition;
using prunec_grammar::PruneParser;

/// The generated parser without a text: its rules and its automaton.
PruneParser& grammar() {
  static antlr4::ANTLRInputStream none;
  static prunec_grammar::PruneLexer lexer(&none);
  static antlr4::CommonTokenStream stream(&lexer);
  static PruneParser parser(&stream);
  return parser;
}

std::string rule_of(const ATNState& state) {
  return grammar().getRuleNames()[state.ruleIndex];
}

/// The grammar's rules for text that starts nothing: they let a parse go on, but nobody wants to write them.
bool is_stray(const ATNState& state) {
  return rule_of(state).starts_with("stray");
}

/// A state of the automaton and where each rule that it lies in goes on, the outermost first.
struct Position {
  ATNState* state;
  std::vector<ATNState*> returns;

  friend auto operator<=>(const Position&, const Position&) = default;
};
using Positions = std::set<Position>;

std::vector<Position> steps_without_token(const Position& position) {
  if (position.state->getStateType() == ATNState::RULE_STOP) {
    if (position.returns.empty()) return {};
    Position back{position.returns.back(), position.returns};
    back.returns.pop_back();
    return {std::move(back)};
  }
  std::vector<Position> next;
  for (const auto& transition : position.state->transitions) {
    if (!transition->isEpsilon()) continue;
    next.push_back({transition->target, position.returns});
    if (const auto* rule = dynamic_cast<const RuleTransition*>(&*transition)) next.back().returns.push_back(rule->followState);
  }
  return next;
}

/// The positions together with all that are reached from them without a token.
Positions closure(const Positions& start) {
  Positions all = start;
  std::vector<Position> open(start.begin(), start.end());
  while (!open.empty()) {
    const Position position = std::move(open.back());
    open.pop_back();
    for (Position& next : steps_without_token(position)) {
      if (all.insert(next).second) open.push_back(std::move(next));
    }
  }
  return all;
}

/// A `concat-propagate` at the end of its line may still get sites.
bool takes(const Transition& transition, std::size_t token) {
  if (token == PruneParser::CONCAT_PROPAGATE_ALL && takes(transition, PruneParser::KW_CONCAT_PROPAGATE)) return true;
  return !transition.isEpsilon() && transition.matches(token, Token::MIN_USER_TOKEN_TYPE, grammar().getATN().maxTokenType);
}

enum class Through { kMeantText, kStrayText };

Positions after(const Positions& closed, std::size_t token, Through through) {
  Positions next;
  for (const Position& position : closed) {
    if (is_stray(*position.state) != (through == Through::kStrayText)) continue;
    for (const auto& transition : position.state->transitions) {
      if (takes(*transition, token)) next.insert({transition->target, position.returns});
    }
  }
  return closure(next);
}

/// Follows a text through the automaton. At a mistake it goes on with the next statement, as the parser does.
class Walk {
 public:
  Walk() : now_(closure({{grammar().getATN().ruleToStartState[PruneParser::RuleFile], {}}})), blocks_{now_} {}

  void step(std::size_t token) {
    Positions next = after(now_, token, Through::kMeantText);
    if (next.empty()) next = start_again(token);
    if (!next.empty()) return enter(token, std::move(next));
    next = after(now_, token, Through::kStrayText);
    now_ = next.empty() ? blocks_.back() : std::move(next);
  }

  const Positions& now() const { return now_; }

 private:
  void enter(std::size_t token, Positions next) {
    now_ = std::move(next);
    if (token == PruneParser::LBRACE) blocks_.push_back(now_);
    if (token == PruneParser::RBRACE && blocks_.size() > 1) blocks_.pop_back();
  }

  /// A token that starts a statement of the block, or of one around it when a brace is missing.
  Positions start_again(std::size_t token) {
    if (token == PruneParser::LBRACE) return past_missing(token);
    for (std::size_t depth = blocks_.size(); depth-- > 0;) {
      Positions next = after(blocks_[depth], token, Through::kMeantText);
      if (next.empty()) continue;
      blocks_.resize(depth + 1);
      return next;
    }
    return {};
  }

  /// The token as if the fewest tokens before it were not missing: a strategy without a name has a block all the same.
  Positions past_missing(std::size_t token) const {
    Positions seen, edge = now_;
    while (!edge.empty()) {
      Positions next = after(edge, token, Through::kMeantText);
      if (!next.empty()) return next;
      Positions beyond;
      for (const Position& position : edge) {
        if (!seen.insert(position).second || is_stray(*position.state)) continue;
        for (const auto& transition : position.state->transitions) {
          if (!transition->isEpsilon() && !takes(*transition, PruneParser::RBRACE)) beyond.insert({transition->target, position.returns});
        }
      }
      beyond = closure(beyond);
      edge.clear();
      std::set_difference(beyond.begin(), beyond.end(), seen.begin(), seen.end(), std::inserter(edge, edge.end()));
    }
    return {};
  }

  Positions now_;
  std::vector<Positions> blocks_;  ///< what may stand at the start of the file, then of each open block
};

template <typename T>
void add_once(std::vector<T>& list, T value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

Continuations continuations_of(const Positions& positions) {
  Continuations all;
  const auto& vocabulary = grammar().getVocabulary();
  std::set<std::size_t> keywords;  // in the order of the lexer
  for (const Position& position : positions) {
    if (is_stray(*position.state)) continue;
    for (const auto& transition : position.state->transitions) {
      if (takes(*transition, PruneParser::PATH) || takes(*transition, PruneParser::INT))
        add_once(all.roles, {rule_of(*position.state), position.returns.empty() ? "" : rule_of(*position.returns.back())});
      for (std::size_t type = 1; type <= grammar().getATN().maxTokenType; ++type) {
        if (takes(*transition, type) && vocabulary.getSymbolicName(type).starts_with("KW_")) keywords.insert(type);
      }
    }
  }
  for (const std::size_t type : keywords) {
    const std::string quoted = vocabulary.getLiteralName(type);
    all.keywords.push_back(quoted.substr(1, quoted.size() - 2));
  }
  return all;
}

}  // namespace

Continuations continuations_at(const std::shared_ptr<const SourceFile>& source, std::size_t offset) {
  if (find_malformed_utf8(source->text())) return {};
  syntax::Mistakes mistakes(source);
  syntax::Tokens tokens(mistakes);
  Walk walk;
  for (const Token* token : tokens.stream().getTokens()) {
    if (token->getType() == Token::EOF || tokens.offsets().span_of(*token).end > offset) break;
    if (token->getChannel() == Token::DEFAULT_CHANNEL) walk.step(token->getType());
  }
  return continuations_of(walk.now());
}

std::vector<std::string> word_rules() {
  std::vector<std::string> rules;
  for (ATNState* start : grammar().getATN().ruleToStartState) {
    if (is_stray(*start)) continue;
    const Positions first = closure({{start, {}}});
    const bool own_word = std::any_of(first.begin(), first.end(), [&](const Position& position) {
      return position.returns.empty() && std::any_of(position.state->transitions.begin(), position.state->transitions.end(),
                                                     [](const auto& transition) { return takes(*transition, PruneParser::PATH); });
    });
    if (own_word) rules.push_back(rule_of(*start));
  }
  return rules;
}

}  // namespace prunec

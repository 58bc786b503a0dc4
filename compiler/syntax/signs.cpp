// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/signs.h"

#include <PruneLexer.h>
#include <algorithm>
#include <antlr4-runtime.h>
#include <array>
#include <cstdio>
#include <string>

#include "compiler/source/utf8.h"
#include "compiler/syntax/keywords.h"

namespace prunec::syntax {
namespace {

using antlr4::CommonToken;
using antlr4::Token;
using prunec_grammar::PruneLexer;

constexpr const char* kNameHelp = "names hold the letters a to z and A to Z, digits, `_` and `-`; paths have dots between them";

/// Pairs of quotes that other languages and word processors write.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kQuotes = {
    {{"'", "'"}, {"\u201C", "\u201D"}, {"\u201E", "\u201C"}, {"\u2018", "\u2019"}}};

constexpr std::array<std::string_view, 6> kDashes = {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"};

bool is_odd_space(char32_t sign) {
  return sign == 0xA0 || (sign >= 0x2000 && sign <= 0x200A) || sign == 0x202F || sign == 0x3000;
}

bool is_invisible(char32_t sign) {
  return sign < 0x20 || sign == 0x7F || (sign >= 0x200B && sign <= 0x200F) || sign == 0x2060 || sign == 0xFEFF;
}

std::string number_of(char32_t sign) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(sign));
  return text;
}

std::string help_for(std::string_view signs) {
  if (signs == ";") return "statements end with their line; leave it out";
  if (signs.find_first_of("<>!") != std::string_view::npos) return "a filter takes a value `4`, several `1|3`, or a range `2..` or `1..3`";
  return "";
}

class Signs {
 public:
  Signs(const std::vector<CommonToken*>& tokens, const OffsetMap& offsets, Mistakes& mistakes)
      : tokens_(tokens), offsets_(offsets), mistakes_(mistakes), text_(mistakes.source()->text()) {}

  std::vector<CommonToken*> run() {
    while (at_ < tokens_.size()) {
      CommonToken* token = tokens_[at_];
      if (token->getType() == PruneLexer::OPEN_STRING) {
        mistakes_.add(Code::kP0109, span(), "the text has no closing quote", "end it with `\"` on the same line");
        token->setType(PruneLexer::STRING);
      }
      if (token->getType() == PruneLexer::STRAY) {
        if (!comment() && !quoted() && !unseen() && !word()) signs();
      } else {
        left_.push_back(token);
        ++at_;
      }
    }
    return std::move(left_);
  }

 private:
  Span span() const { return span_at(at_); }
  Span span_at(std::size_t i) const { return offsets_.span_of(*tokens_[i]); }
  bool is_stray(std::size_t i) const { return i < tokens_.size() && tokens_[i]->getType() == PruneLexer::STRAY; }
  std::string_view rest() const { return text_.substr(span().begin); }
  std::string text(Span place) const { return std::string(mistakes_.source()->text(place)); }
  char32_t sign_at(std::size_t i) const { return code_point_at(text_, span_at(i).begin); }

  static bool is_word(const Token& token) {
    const std::size_t type = token.getType();
    return type == PruneLexer::PATH || type == PruneLexer::INT || type == PruneLexer::NUMBER || role_of(type).has_value();
  }
  bool is_word(std::size_t i) const { return i < tokens_.size() && is_word(*tokens_[i]); }
  bool touch(std::size_t i, std::size_t next) const { return next < tokens_.size() && span_at(i).end == span_at(next).begin; }

  Diagnostic& report(Span place, std::string message, std::string help = {}) {
    return mistakes_.add(Code::kP0108, place, std::move(message), std::move(help));
  }

  void hide_before(std::size_t end) {
    for (; at_ < tokens_.size() && tokens_[at_]->getType() != Token::EOF && span().begin < end; ++at_) {
      tokens_[at_]->setChannel(Token::HIDDEN_CHANNEL);
    }
  }

  /// `// ...` and `/* ... */`, unless they stand in a word.
  bool comment() {
    const std::size_t begin = span().begin;
    const bool line = rest().starts_with("//");
    if (!line && !rest().starts_with("/*")) return false;
    if (begin > 0 && std::string_view(" \t\r\n{},").find(text_[begin - 1]) == std::string_view::npos) return false;
    std::size_t end = std::min(text_.find('\n', begin), text_.size());
    if (const std::size_t close = text_.find("*/", begin + 2); !line && close != std::string_view::npos) end = close + 2;
    const Span mark{begin, begin + 2};
    Diagnostic& diagnostic = report(mark, "`" + text(mark) + "` begins no comment", "a comment begins with `#` and ends with its line");
    if (line) diagnostic.fix = Fix{{mistakes_.source(), mark}, "#"};
    hide_before(end);
    return true;
  }

  /// A text between other quotes is a text.
  bool quoted() {
    const std::string_view line = rest().substr(0, rest().find('\n'));
    for (const auto& [open, close] : kQuotes) {
      const std::size_t end = line.starts_with(open) ? line.find(close, open.size()) : std::string_view::npos;
      if (end == std::string_view::npos) continue;
      const Span place{span().begin, span().begin + end + close.size()};
      Diagnostic& diagnostic = report(place, "a text stands between two `\"`", "");
      const std::string inside(line.substr(open.size(), end - open.size()));
      if (inside.find('"') == std::string::npos) diagnostic.fix = Fix{{mistakes_.source(), place}, '"' + inside + '"'};
      CommonToken* first = tokens_[at_];
      ++at_;
      std::size_t last = at_;
      while (last < tokens_.size() && span_at(last).end <= place.end && tokens_[last]->getType() != Token::EOF) ++last;
      first->setStopIndex(tokens_[last - 1]->getStopIndex());
      first->setType(PruneLexer::STRING);
      left_.push_back(first);
      hide_before(place.end);
      return true;
    }
    return false;
  }

  /// Spaces of other kinds, and signs that nobody sees: named by their numbers.
  bool unseen() {
    const char32_t sign = sign_at(at_);
    if (!is_odd_space(sign) && !is_invisible(sign)) return false;
    Span place = span();
    for (std::size_t next = at_ + 1; is_stray(next) && touch(next - 1, next) && sign_at(next) == sign; ++next)
      place.end = span_at(next).end;
    if (is_odd_space(sign)) {
      report(place, "the space " + number_of(sign) + " is not a plain one", "write a plain space").fix =
          Fix{{mistakes_.source(), place}, " "};
    } else {
      // A form feed, say, may be all that stands between two words.
      report(place, "the invisible sign " + number_of(sign) + " stands here", "leave it out").fix =
          Fix{{mistakes_.source(), place}, sign < 0x20 ? " " : ""};
    }
    hide_before(place.end);
    return true;
  }

  /// Foreign letters belong to the words beside them; other signs only when they stand between two.
  bool word() {
    const bool letter = sign_at(at_) >= 0x80;
    const bool behind = !left_.empty() && is_word(*left_.back()) && offsets_.span_of(*left_.back()).end == span().begin;
    std::size_t last = at_;
    while (touch(last, last + 1) && (is_stray(last + 1) || is_word(last + 1))) ++last;
    while (last > at_ && is_stray(last) && sign_at(last) < 0x80) --last;  // `größe;` ends before the `;`
    if (!letter && (!behind || last == at_)) return false;
    CommonToken* first = behind ? left_.back() : tokens_[at_];
    if (!behind) left_.push_back(first);
    const Span place{offsets_.span_of(*first).begin, span_at(last).end};
    report_word(place);
    first->setStopIndex(tokens_[last]->getStopIndex());
    first->setType(PruneLexer::PATH);
    if (!behind) ++at_;
    hide_before(place.end);
    return true;
  }

  void report_word(Span place) {
    const std::string written = text(place);
    std::string plain = written;
    for (const std::string_view dash : kDashes) {
      for (auto found = plain.find(dash); found != std::string::npos; found = plain.find(dash)) plain.replace(found, dash.size(), "-");
    }
    const Span foreign = span();
    const std::string sign = text(foreign);
    const std::string help = help_for(sign).empty() ? kNameHelp : help_for(sign);
    const bool only_dashes = std::all_of(plain.begin(), plain.end(), [](char c) { return c > 0; }) && plain != written;
    Diagnostic& diagnostic = report(place, "`" + written + "` holds `" + sign + "`, which no name has",
                                    only_dashes ? "a hyphen is meant: `" + plain + "`" : help);
    if (only_dashes) diagnostic.fix = Fix{{mistakes_.source(), place}, plain};
  }

  /// Neighbours are reported as one.
  void signs() {
    Span place = span();
    while (is_stray(at_ + 1) && touch(at_, at_ + 1)) {
      tokens_[at_++]->setChannel(Token::HIDDEN_CHANNEL);
      place.end = span().end;
    }
    tokens_[at_++]->setChannel(Token::HIDDEN_CHANNEL);
    const std::string written = text(place);
    Diagnostic& diagnostic = report(place, "`" + written + "` has no meaning here", help_for(written));
    const bool site = left_.size() > 1 && left_[left_.size() - 2]->getType() == PruneLexer::KW_SITE;
    const bool behind_name = !left_.empty() && left_.back()->getType() == PruneLexer::PATH;
    const SourceRange range{mistakes_.source(), place};
    if (written == ";") diagnostic.fix = Fix{range, ""};
    if (written == ":" && site) {
      diagnostic.help = "a site has its pattern behind `=`";
      diagnostic.fix = Fix{range, " ="};
    }
    if ((written == "+" || written == "&") && behind_name) diagnostic.help = "the parts of a list are separated by commas";
  }

  const std::vector<CommonToken*>& tokens_;
  const OffsetMap& offsets_;
  Mistakes& mistakes_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<CommonToken*> left_;
};

}  // namespace

std::vector<CommonToken*> without_foreign_signs(const std::vector<CommonToken*>& tokens, const OffsetMap& offsets, Mistakes& mistakes) {
  return Signs(tokens, offsets, mistakes).run();
}

}  // namespace prunec::syntax

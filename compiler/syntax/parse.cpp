// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/parse.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <string>
#include <utility>

#include "compiler/source/utf8.h"
#include "compiler/syntax/build.h"
#include "compiler/syntax/keywords.h"
#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/recovery.h"
#include "compiler/syntax/tokens.h"

namespace prunec {
namespace {

using prunec_grammar::PruneParser;
using syntax::Mistakes;

/// The largest rule file of the repository has a few kilobytes. A limit keeps a wrong file, such as a model, from being read as rules.
constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::size_t kLanguageVersion = 1;

/// False when the bytes are no text that a parser could read.
bool check_text(Mistakes& mistakes, Diagnostics& whole_file) {
  const SourceFile& source = *mistakes.source();
  const std::string_view text = source.text();
  if (text.size() > kMostBytes) {
    whole_file.push_back(
        {Code::kP0103, "the rule file has " + std::to_string(text.size()) + " bytes, more than the limit of " + std::to_string(kMostBytes),
         FilePlace{source.path()}});
    whole_file.back().help = "check that this is the rule file and not, for example, the model";
    return false;
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    mistakes.add(Code::kP0102, {0, 1}, "the file is in UTF-16, not in UTF-8", "save the file in the encoding UTF-8");
    return false;
  }
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    mistakes.add(Code::kP0102, {zero, zero + 1}, "the file holds a zero byte, so it is no text",
                 "check that this is the rule file and not, for example, the model");
    return false;
  }
  if (const auto malformed = find_malformed_utf8(text)) {
    mistakes.add(Code::kP0102, {*malformed, *malformed + 1}, "the file is not in UTF-8", "save the file in the encoding UTF-8");
    return false;
  }
  if (text.find('\r') != std::string_view::npos && text.find('\n') == std::string_view::npos) {
    const std::size_t end = text.find('\r');
    mistakes.add(Code::kP0102, {end, end + 1}, "the lines end with a carriage return alone", "save the file with line feeds, or with both");
    return false;
  }
  return true;
}

/// False for a file of another version: none of its text can be judged.
bool check_version(Mistakes& mistakes, syntax::Tokens& tokens) {
  auto& stream = tokens.stream();
  const antlr4::Token* number = stream.LA(1) == PruneParser::KW_PRUNEC ? stream.LT(2) : nullptr;
  if (number == nullptr || number->getType() != PruneParser::INT) return true;
  const Span span = tokens.offsets().span_of(*number);
  const std::string text(mistakes.source()->text(span));
  if (text == std::to_string(kLanguageVersion)) return true;
  mistakes.add(Code::kP0106, span, "this prunec does not know version " + text + " of the rule language",
               "it reads version 1; a newer prunec may read this file");
  return false;
}

/// False for text of another kind: its first word starts nothing, and no line gives a version.
bool check_kind(Mistakes& mistakes, syntax::Tokens& tokens) {
  auto& stream = tokens.stream();
  if (stream.LA(1) == antlr4::Token::EOF || syntax::role_of(stream.LA(1))) return true;
  for (const antlr4::Token* token : stream.getTokens()) {
    if (token->getType() == PruneParser::KW_PRUNEC) return true;
  }
  const Span first = tokens.offsets().span_of(*stream.LT(1));
  mistakes.clear();
  mistakes.add(Code::kP0105, first, "this is no rule file: it does not begin with a language version",
               "the first line of a rule file is `prunec 1`; check that this is the file that was meant");
  return false;
}

void read(Mistakes& mistakes, Parsed& parsed) {
  syntax::Tokens tokens(mistakes);
  parsed.readable = check_version(mistakes, tokens) && check_kind(mistakes, tokens);
  if (!parsed.readable) return;
  PruneParser parser(&tokens.stream());
  parser.removeErrorListeners();
  parser.setErrorHandler(syntax::make_recovery(mistakes, tokens.offsets()));
  syntax::build_tree(*parser.file(), mistakes, tokens.offsets(), parsed);
}

}  // namespace

Parsed parse_tolerantly(std::shared_ptr<const SourceFile> source) {
  Parsed parsed;
  parsed.file.source = source;
  Mistakes mistakes(std::move(source));
  if (check_text(mistakes, parsed.diagnostics)) {
    read(mistakes, parsed);
  } else {
    parsed.readable = false;
  }
  Diagnostics found = mistakes.take();
  parsed.diagnostics.insert(parsed.diagnostics.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return parsed;
}

Outcome<ast::RuleFile> parse(std::shared_ptr<const SourceFile> source) {
  Parsed parsed = parse_tolerantly(std::move(source));
  if (has_error(parsed.diagnostics)) return std::move(parsed.diagnostics);
  return {std::move(parsed.file), std::move(parsed.diagnostics)};
}

}  // namespace prunec

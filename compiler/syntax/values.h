// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// From words of the text to values: names, paths, numbers. Private to compiler/syntax.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/mistakes.h"

namespace prunec::syntax {

/// A name of a site, strategy, label or architecture: letters, digits, `_` and `-`.
std::optional<ast::Word> read_name(Mistakes& mistakes, Span span);

/// A name, or one in a file that is used: names joined by dots.
std::optional<ast::Word> read_reference(Mistakes& mistakes, Span span);

/// A path without captures and stars: it names one module.
std::optional<ast::Pattern> read_module(Mistakes& mistakes, Span span);

std::optional<ast::Pattern> read_pattern(Mistakes& mistakes, Span span);

/// What stands behind the `=` of a filter; the span may hold several tokens.
std::optional<CaptureRange> read_values(Mistakes& mistakes, Span span);

std::optional<ast::WholeNumber> read_whole_number(Mistakes& mistakes, Span span);
std::optional<ast::Number> read_number(Mistakes& mistakes, Span span);

/// The index of the one of `names` that the word is; `after` completes "expected ... after".
std::optional<std::size_t> read_choice(Mistakes& mistakes, Span span, const std::vector<std::string>& names, const std::string& after);

/// A share was written without `%`: `what` is expected. The number itself tells what was meant: `0.4` is 40%, `40` is 40%.
void report_no_percent(Mistakes& mistakes, Span number, const std::string& what);

/// A quoted text without its quotes.
ast::Word read_text(const Mistakes& mistakes, Span span);

/// Whether the word can only be a path, never a name.
bool is_path(std::string_view word);

}  // namespace prunec::syntax

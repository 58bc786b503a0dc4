// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// From the generated parser's contexts of statements to our nodes. Private to compiler/syntax.
#pragma once

#include <optional>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/build_parts.h"

namespace prunec::syntax {

/// `context` is that of the grammar's rule `statement`. Nothing for a statement with a mistake, which has been reported then.
std::optional<ast::Statement> build_statement(const Parts& parts, Context& context);

/// What holds channels together: the contexts of `tie`, `concatPropagate`, `concatSelect`, `groups` and `shuffles`.
std::optional<ast::Statement> build_coupling(const Parts& parts, Context& context);

/// How wide layers stay: the contexts of `divisible`, `keepAtLeast` and `removeAtMost`.
std::optional<ast::Statement> build_width(const Parts& parts, Context& context);

/// How much goes, and by what measure: the contexts of `ratio`, `threshold`, `budget`, `rank` and `score`.
std::optional<ast::Statement> build_amount(const Parts& parts, Context& context);

}  // namespace prunec::syntax

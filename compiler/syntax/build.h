// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// From the generated parser's tree to ours. Private to compiler/syntax.
#pragma once

#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/tokens.h"

namespace antlr4 {
class ParserRuleContext;
}

namespace prunec::syntax {

/// `tree` is the context of the grammar's rule `file`. Parts with mistakes are left out of the result.
void build_tree(antlr4::ParserRuleContext& tree, Mistakes& mistakes, const OffsetMap& offsets, Parsed& result);

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the parser does at a mistake: one message in our own words, then on to the next statement. Private to compiler/syntax.
#pragma once

#include <memory>

#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/tokens.h"

namespace antlr4 {
class ANTLRErrorStrategy;
}

namespace prunec::syntax {

/// Both arguments must outlive the strategy.
std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(Mistakes& mistakes, const OffsetMap& offsets);

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Text that starts no statement: reported once a line, with a guess at what was meant. Private to compiler/syntax.
#pragma once

#include <cstddef>
#include <string>

#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/tokens.h"

namespace prunec::syntax {

enum class Scope { kFile, kLayout, kStrategy };

class StrayReporter {
 public:
  StrayReporter(Mistakes& mistakes, const OffsetMap& offsets, Scope scope) : mistakes_(mistakes), offsets_(offsets), scope_(scope) {}

  /// The last token of an item that was understood; null when it has none.
  void end_of(const antlr4::Token* last) { last_ = last; }

  void add(const antlr4::Token& token);

 private:
  bool swallowed(const antlr4::Token& token);
  void report(const antlr4::Token& token, Span span, const std::string& text);
  std::string otherwise(const antlr4::Token& token, const std::string& text) const;
  void report_after(const antlr4::Token& token, Span span, const std::string& text);

  Mistakes& mistakes_;
  const OffsetMap& offsets_;
  Scope scope_;
  const antlr4::Token* last_ = nullptr;
  std::size_t reported_line_ = 0;
  std::size_t open_braces_ = 0;  ///< of a block whose head was reported
};

}  // namespace prunec::syntax

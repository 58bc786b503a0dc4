// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The token stream of a rule file, prepared for the parser. Private to compiler/syntax.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "compiler/syntax/mistakes.h"

namespace antlr4 {
class CommonTokenStream;
class Token;
}  // namespace antlr4

namespace prunec::syntax {

/// Where code points lie in the bytes of the text: the generated lexer counts code points.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);

  std::size_t byte_of(std::size_t code_point) const;
  Span span_of(const antlr4::Token& token) const;

 private:
  std::vector<std::size_t> bytes_;  ///< empty when all of the text is ASCII
  std::size_t size_;
};

/// Owns the lexer and its tokens.
class Tokens {
 public:
  /// Signs without meaning and unclosed texts are reported here and hidden from the parser.
  explicit Tokens(Mistakes& mistakes);
  ~Tokens();

  antlr4::CommonTokenStream& stream();
  const OffsetMap& offsets() const { return offsets_; }

 private:
  struct Machine;
  OffsetMap offsets_;
  std::unique_ptr<Machine> machine_;
};

}  // namespace prunec::syntax

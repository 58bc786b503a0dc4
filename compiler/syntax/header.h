// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The two lines that every rule file begins with. Private to compiler/syntax.
#pragma once

#include <cstddef>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/build_parts.h"

namespace prunec::syntax {

class HeaderBuilder {
 public:
  /// Writes to the header's fields of `file`.
  HeaderBuilder(const Parts& parts, ast::RuleFile& file) : parts_(parts), file_(file) {}

  /// The line and the number or name in it.
  void version(Context& line, Context* number);
  void architecture(Context& line, Context* name);
  /// An item that is no part of the header.
  void seen_item() { seen_item_ = true; }

  /// Reports what is missing; `first_end` is where the file's first item ends, 0 for a file without items.
  void finish(std::size_t first_end);

 private:
  const Parts& parts_;
  ast::RuleFile& file_;
  bool has_version_ = false;
  bool has_architecture_ = false;
  bool seen_item_ = false;
};

}  // namespace prunec::syntax

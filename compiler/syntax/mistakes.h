// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong with one text, in the words of the rule language.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "compiler/diag/diagnostic.h"

namespace prunec::syntax {

class Mistakes {
 public:
  explicit Mistakes(std::shared_ptr<const SourceFile> source) : source_(std::move(source)) {}

  Diagnostic& add(Code code, Span span, std::string message, std::string help = {}, std::string label = {});

  /// Forgets what was reported, for a text of which only one thing is to be said.
  void clear();

  const std::shared_ptr<const SourceFile>& source() const { return source_; }
  /// Whether one was reported at this very place: a second one there would be its echo.
  bool any_at(std::size_t begin) const;

  /// Whether one was reported inside.
  bool any_in(Span span) const;

  /// A `{` that opens nothing leaves a `}` over, which is no further mistake.
  void expect_spare_brace() { ++spare_braces_; }
  bool take_spare_brace() { return spare_braces_ > 0 && spare_braces_-- > 0; }

  /// In the order of the text, without what follows from an earlier one on its line; behind the limit only a count.
  Diagnostics take();

 private:
  std::shared_ptr<const SourceFile> source_;
  Diagnostics diagnostics_;
  std::set<std::size_t> begins_;
  std::size_t spare_braces_ = 0;
};

}  // namespace prunec::syntax

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong with one text, in the words of the rule language.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "compiler/diag/diagnostic.h"

namespace prunec::syntax {

class Mistakes {
 public:
  explicit Mistakes(std::shared_ptr<const SourceFile> source) : source_(std::move(source)) {}

  Diagnostic& add(Code code, Span span, std::string message, std::string help = {}, std::string label = {});

  const std::shared_ptr<const SourceFile>& source() const { return source_; }
  /// Whether one was reported at this very place: a second one there would be its echo.
  bool any_at(std::size_t begin) const;

  /// In the order of the text; behind the limit only a count.
  Diagnostics take();

 private:
  std::shared_ptr<const SourceFile> source_;
  Diagnostics diagnostics_;
};

}  // namespace prunec::syntax

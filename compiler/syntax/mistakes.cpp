// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/mistakes.h"

#include <algorithm>

namespace prunec::syntax {
namespace {

/// More than a screenful at once helps nobody.
constexpr std::size_t kMostMistakes = 20;

std::size_t position(const Diagnostic& diagnostic) {
  return std::get<SourceRange>(diagnostic.place).span.begin;
}

}  // namespace

Diagnostic& Mistakes::add(Code code, Span span, std::string message, std::string help, std::string label) {
  Diagnostic diagnostic{code, std::move(message), SourceRange{source_, span}, std::move(label)};
  diagnostic.help = std::move(help);
  return diagnostics_.emplace_back(std::move(diagnostic));
}

bool Mistakes::any_at(std::size_t begin) const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(), [&](const Diagnostic& d) { return position(d) == begin; });
}

Diagnostics Mistakes::take() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return position(a) < position(b); });
  if (diagnostics_.size() > kMostMistakes) {
    const std::size_t left_out = diagnostics_.size() - kMostMistakes;
    diagnostics_.erase(diagnostics_.begin() + kMostMistakes, diagnostics_.end());
    diagnostics_.push_back({Code::kP0113,
                            std::to_string(left_out) + (left_out == 1 ? " more mistake was" : " more mistakes were") + " left out",
                            FilePlace{source_->path()}});
  }
  return std::move(diagnostics_);
}

}  // namespace prunec::syntax

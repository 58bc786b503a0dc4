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

bool is_syntax_echo(const Diagnostic& later) {
  return later.code == Code::kP0101 || later.code == Code::kP0104 || later.code == Code::kP0110 || later.code == Code::kP0111;
}

/// A sign without meaning, or a text without an end, leaves the rest of its line in disorder; and signs behind a mistake are part of it.
void drop_echoes(const SourceFile& source, Diagnostics& sorted) {
  std::size_t line = 0;
  bool sign = false;
  std::erase_if(sorted, [&](const Diagnostic& diagnostic) {
    const std::size_t here = source.line_column(position(diagnostic)).line;
    const bool first = here != line;
    if (first) sign = false;
    line = here;
    const bool stray = diagnostic.code == Code::kP0108;
    const bool echo = !first && ((sign && is_syntax_echo(diagnostic)) || (stray && !diagnostic.fix));
    if (!echo && (stray || diagnostic.code == Code::kP0109)) sign = true;
    return echo;
  });
}

}  // namespace

Diagnostic& Mistakes::add(Code code, Span span, std::string message, std::string help, std::string label) {
  Diagnostic diagnostic{code, std::move(message), SourceRange{source_, span}, std::move(label)};
  diagnostic.help = std::move(help);
  begins_.insert(span.begin);
  return diagnostics_.emplace_back(std::move(diagnostic));
}

void Mistakes::clear() {
  diagnostics_.clear();
  begins_.clear();
}

bool Mistakes::any_at(std::size_t begin) const {
  return begins_.contains(begin);
}

bool Mistakes::any_in(Span span) const {
  const auto next = begins_.lower_bound(span.begin);
  return next != begins_.end() && *next < span.end;
}

Diagnostics Mistakes::take() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return position(a) < position(b); });
  drop_echoes(*source_, diagnostics_);
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

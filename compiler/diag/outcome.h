// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <iterator>
#include <optional>
#include <utility>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// What judging an input gives: a value, or none, and everything there is to say about it. A value may come with warnings; no value
/// comes with at least one error. Exceptions are left for bugs and exhausted memory.
template <typename T>
struct Outcome {
  std::optional<T> value;
  Diagnostics diagnostics;

  Outcome() = default;
  Outcome(T v) : value(std::move(v)) {}                           // NOLINT: a value converts to its outcome
  Outcome(Diagnostic d) { diagnostics.push_back(std::move(d)); }  // NOLINT: so does a single error
  Outcome(Diagnostics ds) : diagnostics(std::move(ds)) {}         // NOLINT
  Outcome(T v, Diagnostics ds) : value(std::move(v)), diagnostics(std::move(ds)) {}

  explicit operator bool() const { return value.has_value(); }
  T& operator*() { return *value; }
  const T& operator*() const { return *value; }
  T* operator->() { return &*value; }
  const T* operator->() const { return &*value; }
};

/// Moves `more` to the end of `diagnostics`.
inline void append(Diagnostics& diagnostics, Diagnostics more) {
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace prunec

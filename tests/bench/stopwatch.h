// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Times of pieces of work.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>

namespace prunec::bench {

inline double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The quickest of several runs that take a second or two together.
inline double quickest(const std::function<void()>& work) {
  double best = seconds(work), spent = best;
  for (int i = 1; i < 50 && spent < 1.5; ++i) {
    const double now = seconds(work);
    best = std::min(best, now);
    spent += now;
  }
  return best;
}

}  // namespace prunec::bench

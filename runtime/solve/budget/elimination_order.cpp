// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/elimination_order.h"

#include <set>
#include <utility>

namespace prunec::budget {

namespace {

constexpr std::size_t kMostOthers = 2;

}  // namespace

std::optional<std::vector<EliminationStep>> elimination_order(const Interaction& cost) {
  const std::size_t sets = cost.products.size();
  std::vector<std::set<std::size_t>> others(sets);
  std::set<std::pair<std::size_t, std::size_t>> waiting;
  for (std::size_t s = 0; s < sets; ++s) {
    for (const auto& [other, weight] : cost.products[s]) others[s].insert(other);
    waiting.emplace(others[s].size(), s);
  }
  std::vector<EliminationStep> steps;
  while (!waiting.empty()) {
    const auto [count, set] = *waiting.begin();
    if (count > kMostOthers) return std::nullopt;
    waiting.erase(waiting.begin());
    steps.push_back({set, {others[set].begin(), others[set].end()}});
    for (const std::size_t other : others[set]) {
      waiting.erase({others[other].size(), other});
      others[other].erase(set);
      for (const std::size_t third : others[set]) {
        if (third != other) others[other].insert(third);
      }
      waiting.emplace(others[other].size(), other);
    }
  }
  return steps;
}

}  // namespace prunec::budget

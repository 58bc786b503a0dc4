// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/vanishing.h"

#include <algorithm>

namespace prunec {

std::vector<bool> vanishing_sets(const BoundPlan& bound, const std::vector<std::size_t>& kept,
                                 const std::function<double(std::size_t set)>& best_score) {
  std::vector<bool> goes;
  for (const RemovablePath& path : bound.paths)
    goes.push_back(std::all_of(path.sets.begin(), path.sets.end(), [&](std::size_t s) { return kept[s] == 0; }));
  const auto best_of = [&](std::size_t path) {
    const auto& sets = bound.paths[path].sets;
    return best_score(
        *std::max_element(sets.begin(), sets.end(), [&](std::size_t a, std::size_t b) { return best_score(a) < best_score(b); }));
  };
  const auto all_go = [&](const std::vector<std::size_t>& paths) {
    return std::all_of(paths.begin(), paths.end(), [&](std::size_t path) { return goes[path]; });
  };
  const auto spare_one = [&](const std::vector<std::size_t>& paths) {
    goes[*std::max_element(paths.begin(), paths.end(), [&](std::size_t a, std::size_t b) { return best_of(a) < best_of(b); })] = false;
  };
  // Each path that stays can only make others stay.
  for (std::size_t staying = goes.size() + 1; staying != static_cast<std::size_t>(std::count(goes.begin(), goes.end(), false));) {
    staying = static_cast<std::size_t>(std::count(goes.begin(), goes.end(), false));
    for (const std::vector<std::size_t>& paths : bound.alternatives) {
      if (all_go(paths)) spare_one(paths);
    }
    for (std::size_t p = 0; p < goes.size(); ++p) {
      const std::vector<std::size_t>& readers = bound.paths[p].readers;
      if (goes[p] && !all_go(readers)) goes[p] = false;
      if (!goes[p] && !readers.empty() && all_go(readers)) spare_one(readers);
    }
  }
  std::vector<bool> sets(bound.sets.size(), false);
  for (std::size_t p = 0; p < bound.paths.size(); ++p) {
    for (const std::size_t s : bound.paths[p].sets) sets[s] = goes[p];
  }
  return sets;
}

}  // namespace prunec

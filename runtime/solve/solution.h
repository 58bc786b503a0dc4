// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Which channels go, and what the votes said. Plain data.
#pragma once

#include <cstddef>
#include <vector>

namespace prunec {

/// What was decided on one coupled set. Lists are by channel of the set.
struct SetSolution {
  double threshold = 0;        ///< of the pool in which the set competes: scores below it ask for removal
  std::vector<double> scores;  ///< under the set's policy; empty: nobody votes
  std::vector<bool> wished;    ///< the votes alone would remove it
  std::vector<bool> removed;
  std::vector<std::size_t> named_by;  ///< under `quota`: the vote, counted from 0, in whose turn it was named; kNotNamed: none
  bool rescued = false;               ///< it would have lost every channel, and keeps what it must

  static constexpr std::size_t kNotNamed = static_cast<std::size_t>(-1);
  friend bool operator==(const SetSolution&, const SetSolution&) = default;
};

/// What became of the votes that compete with each other.
struct PoolSolution {
  double threshold = 0;
  std::size_t size = 0;    ///< number of votes
  std::size_t wanted = 0;  ///< so many are to go, by the ratio; 0 for an absolute threshold
  std::size_t below = 0;   ///< so many lie below the threshold
  std::size_t equal = 0;   ///< so many others equal it

  friend bool operator==(const PoolSolution&, const PoolSolution&) = default;
};

struct Solution {
  std::vector<PoolSolution> pools;  ///< by pool of the bound plan
  std::size_t pool_size = 0;        ///< votes in all pools
  std::size_t pool_removed = 0;     ///< of these, how many lie on removed channels
  std::vector<SetSolution> sets;    ///< by set of the bound plan

  friend bool operator==(const Solution&, const Solution&) = default;
};

}  // namespace prunec

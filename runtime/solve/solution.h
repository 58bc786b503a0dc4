// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Which channels go. Plain data.
#pragma once

#include <cstddef>
#include <vector>

namespace prunec {

struct Solution {
  double threshold = 0;                    ///< scores below it ask for removal
  std::size_t pool_size = 0;               ///< scores of all voters
  std::size_t pool_removed = 0;            ///< of these, how many lie on removed channels
  std::vector<std::vector<bool>> removed;  ///< by set of the bound plan, by channel of the set
  std::vector<std::size_t> rescued_sets;   ///< would have lost every channel, and keep the strongest

  friend bool operator==(const Solution&, const Solution&) = default;
};

}  // namespace prunec

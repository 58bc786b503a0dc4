// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/widths.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace prunec {

namespace {

/// The share of a width, up to the next whole channel. Shares are decimal fractions, which binary ones only approach: the width by which
/// a product of the two may miss a whole number is far below one part of a million.
std::size_t share_up(double fraction, std::size_t width) {
  return static_cast<std::size_t>(std::max(0.0, std::ceil(fraction * static_cast<double>(width) - 1e-6)));
}

}  // namespace

void set_widths(const Declaration& declaration, CoupledSet& set) {
  set.multiple = set.cell_count;
  for (const auto& divisible : declaration.divisible) {
    for (const SetMember* member : members_of(divisible, set)) {
      const std::size_t multiple = divisible.statement->multiple;
      set.multiple = std::lcm(set.multiple, multiple / std::gcd(multiple, member->per_channel));
      set.rounding = divisible.statement->rounding;
      set.multiple_because = divisible.statement->origin;
    }
  }
  const auto at_least = [&](std::size_t channels, const char* keyword, const Origin& origin) {
    set.floors.push_back({keyword, std::min(channels, set.width), origin});
    set.least = std::max(set.least, set.floors.back().least);
  };
  for (const auto& keep : declaration.keep_at_least) {
    for (const SetMember* member : members_of(keep, set)) {
      if (const auto* share = std::get_if<double>(&keep.statement->least)) {
        at_least(share_up(*share, set.width), "keep at least", keep.statement->origin);
      } else {
        const std::size_t positions = std::get<std::size_t>(keep.statement->least);
        if (positions == 0) continue;  // it lets paths vanish, and bounds nothing
        at_least((positions + member->per_channel - 1) / member->per_channel, "keep at least", keep.statement->origin);
      }
    }
  }
  for (const auto& remove : declaration.remove_at_most) {
    if (!members_of(remove, set).empty())
      at_least(share_up(1 - remove.statement->fraction, set.width), "remove at most", remove.statement->origin);
  }
}

}  // namespace prunec

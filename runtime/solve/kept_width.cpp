// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/kept_width.h"

#include <algorithm>

namespace prunec {

std::size_t kept_width(const CoupledSet& set, std::size_t wanted) {
  const auto multiple_from = [&](std::size_t channels) { return (channels + set.multiple - 1) / set.multiple * set.multiple; };
  const std::size_t below = wanted / set.multiple * set.multiple;
  const std::size_t above = multiple_from(wanted);
  std::size_t target = above;
  if (set.rounding == Rounding::kDown) target = below;
  if (set.rounding == Rounding::kNearest) target = wanted - below < above - wanted ? below : above;
  target = std::max(target, multiple_from(std::max<std::size_t>(set.least, 1)));
  return std::min(target, set.width);
}

}  // namespace prunec

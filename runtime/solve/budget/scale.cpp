// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace prunec::budget {

namespace {

constexpr std::size_t kGeometricPoints = 8;
constexpr std::size_t kFarthest = 64;  // rungs from a centre, in powers of two

}  // namespace

Rungs grid_over(const Ladder& ladder, const std::vector<std::size_t>& centres) {
  const std::size_t top = ladder.units.size() - 1;
  Rungs grid{0, top};
  const auto least = static_cast<double>(ladder.units.front());
  const double ratio = static_cast<double>(ladder.units.back()) / least;
  for (std::size_t i = 1; i + 1 < kGeometricPoints; ++i) {
    const double units = least * std::pow(ratio, static_cast<double>(i) / (kGeometricPoints - 1));
    const auto found = std::lower_bound(ladder.units.begin(), ladder.units.end(), static_cast<Units>(units));
    grid.push_back(static_cast<std::size_t>(found - ladder.units.begin()));
  }
  for (const std::size_t centre : centres) {
    grid.push_back(centre);
    for (std::size_t away = 1; away <= kFarthest; away *= 2) {
      grid.push_back(centre - std::min(centre, away));
      grid.push_back(std::min(top, centre + away));
    }
  }
  std::sort(grid.begin(), grid.end());
  grid.erase(std::unique(grid.begin(), grid.end()), grid.end());
  return grid;
}

Scale::Scale(const Ladder& ladder, const Rungs& grid, double square) : grid_(grid) {
  for (std::size_t rung = 0; rung < ladder.units.size(); ++rung) {
    const auto units = static_cast<double>(ladder.units[rung]);
    units_.push_back(units);
    values_.push_back(ladder.values[rung] - square * units * units);
  }
  for (const std::size_t rung : grid_) {
    at_.push_back(units_[rung]);
    worth_.push_back(values_[rung]);
  }
  for (std::size_t cell = 0; cell + 1 < grid_.size(); ++cell) {
    width_.push_back(at_[cell + 1] - at_[cell]);
    first_.push_back(step(grid_[cell]));
    last_.push_back(step(grid_[cell + 1] - 1));
  }
}

Scale::Best Scale::best_within(std::size_t cell, double start, double slope) const {
  std::size_t low = grid_[cell];
  std::size_t high = grid_[cell + 1];
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (step(middle) + slope > 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {values_[low] + start + slope * (units_[low] - at_[cell]), low};
}

Scale::Best Scale::best(const double* added) const {
  Best best{-std::numeric_limits<double>::infinity(), 0};
  for (std::size_t i = 0; i < at_.size(); ++i) {
    const double value = worth_[i] + added[i];
    if (value > best.value) best = {value, grid_[i]};
  }
  for (std::size_t cell = 0; cell < width_.size(); ++cell) {
    const double slope = (added[cell + 1] - added[cell]) / width_[cell];
    if (first_[cell] + slope <= 0 || last_[cell] + slope >= 0) continue;
    const Best within = best_within(cell, added[cell], slope);
    if (within.value > best.value) best = within;
  }
  return best;
}

}  // namespace prunec::budget

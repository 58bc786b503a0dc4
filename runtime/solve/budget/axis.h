// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A grid of lengths on which functions of a length are held. Inner to this folder.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace prunec::budget {

class Axis {
 public:
  /// The cell of the grid that a length lies in, and how far along it, from 0 to 1.
  struct Place {
    std::size_t cell = 0;
    double along = 0;

    /// Of a function with these values at the points of the grid, each `stride` after the other.
    double between(const double* values, std::size_t stride = 1) const {
      const double here = values[cell * stride];
      return along > 0 ? here + along * (values[(cell + 1) * stride] - here) : here;
    }
  };

  /// Ascending, at least one.
  explicit Axis(std::vector<double> points) : points_(std::move(points)) {}

  const std::vector<double>& points() const { return points_; }
  std::size_t size() const { return points_.size(); }

  Place place(double length) const {
    if (points_.size() == 1) return {};
    const auto after = std::upper_bound(points_.begin(), points_.end() - 1, length);
    const auto cell = static_cast<std::size_t>(after - points_.begin()) - 1;
    return {cell, (length - points_[cell]) / (points_[cell + 1] - points_[cell])};
  }

 private:
  std::vector<double> points_;
};

}  // namespace prunec::budget

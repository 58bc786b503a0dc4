// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A set's ladder, with a grid over it on which functions of the set are held. Inner to this folder.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/solve/budget/instance.h"
#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// Rungs at geometric distances from the first to the last, and closer ones around each of `centres`. Ascending.
Rungs grid_over(const Ladder& ladder, const std::vector<std::size_t>& centres);

class Scale {
 public:
  struct Best {
    double value = 0;
    std::size_t rung = 0;
  };

  /// Units on both sides of a layer cost by their square, at the price `square`. Values stay concave with it.
  Scale(const Ladder& ladder, const Rungs& grid, double square);

  /// Units at the points of the grid.
  const std::vector<double>& at() const { return at_; }
  double units(std::size_t rung) const { return units_[rung]; }

  /// The best of all rungs between the ends of the grid, when something is added to their values that is given on the grid and runs along
  /// the chords between. In each cell of the grid that is a concave ladder and a straight line, so halving finds the best.
  Best best(const double* added) const;

 private:
  double step(std::size_t rung) const { return (values_[rung + 1] - values_[rung]) / (units_[rung + 1] - units_[rung]); }
  Best best_within(std::size_t cell, double start, double slope) const;

  Rungs grid_;
  std::vector<double> units_, values_;        ///< by rung
  std::vector<double> at_, worth_;            ///< the same at the points of the grid
  std::vector<double> width_, first_, last_;  ///< by cell: its units, and what one is worth on its first and on its last step
};

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The most of value - price x cost over all choices, by eliminating one set after another. Inner to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/solve/budget/elimination_order.h"
#include "runtime/solve/budget/instance.h"
#include "runtime/solve/budget/interaction.h"
#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// Where functions of a width or length are held, ascending, the least and the greatest among them.
struct Grids {
  std::vector<Rungs> sets;
  std::vector<std::vector<double>> sums;
};

/// No choice has a greater value - price x cost than `most`. `at` is one that comes near.
struct Eliminated {
  double most = 0;
  Rungs at;
};

/// What the best width of a set brings is the greatest of many functions of its others, each affine in the units or length of each of them.
/// So it is convex in each: held on the grids and taken along the chords between, it never comes out too small. `most` is a bound for that
/// reason, and exact when the grids have all rungs and lengths. The length of a concatenation is a number like the units of a set, until
/// the last set in it goes: then it is put in as the sum that it is, and what is convex in the sum is convex in each part.
class Elimination {
 public:
  /// The instance has no tables, and must outlive this.
  explicit Elimination(const Instance& instance);

  /// Whether the sets can be eliminated with so few others that it does not take long.
  bool possible() const { return order_.has_value(); }
  /// Finer around each of these points.
  Grids grids_around(const std::vector<Rungs>& centres) const;
  /// All rungs, and whole lengths.
  Grids all_of_it() const;
  /// How much there is to do for one price.
  double work(const Grids& grids) const;
  Eliminated at(double price, const Grids& grids) const;

 private:
  /// The lengths of all sums, by sum, where sets have these.
  std::vector<double> sums_at(const std::vector<double>& units) const;

  const Instance* instance_;
  Interaction cost_;
  std::optional<std::vector<EliminationStep>> order_;
};

}  // namespace prunec::budget

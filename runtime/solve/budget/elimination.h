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

/// By set: the rungs at which functions of it are held, ascending, the first and the last one of the ladder among them.
using Grids = std::vector<Rungs>;

/// Finer around each of these points.
Grids grids_around(const Instance& instance, const std::vector<Rungs>& centres);

/// No choice has a greater value - price x cost than `most`. `at` is one that comes near.
struct Eliminated {
  double most = 0;
  Rungs at;
};

/// What the best width of a set brings is the greatest of many functions of its others, each affine in the units of each of them. So it is
/// convex in each: held on the grids and taken along the chords between, it never comes out too small. `most` is a bound for that reason,
/// and exact when the grids have all rungs.
class Elimination {
 public:
  /// The instance has no tables, and must outlive this.
  explicit Elimination(const Instance& instance);

  /// Whether the sets can be eliminated with so few others that it does not take long.
  bool possible() const { return order_.has_value(); }
  /// How much there is to do for one price.
  double work(const Grids& grids) const;
  Eliminated at(double price, const Grids& grids) const;

 private:
  const Instance* instance_;
  Interaction cost_;
  std::optional<std::vector<EliminationStep>> order_;
};

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// One choice of widths with what it costs, kept up to date as sets move. Inner to this folder.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/solve/budget/instance.h"

namespace prunec::budget {

/// By set: the rung of its ladder.
using Rungs = std::vector<std::size_t>;

class Point {
 public:
  /// All sets at their least widths. The instance must outlive the point.
  explicit Point(const Instance& instance);
  Point(const Instance& instance, Rungs rungs);

  const Instance& instance() const { return *instance_; }
  const Rungs& rungs() const { return rungs_; }
  Cost cost() const { return cost_; }
  /// Kept value: summed afresh in execution order, so that it never depends on the way here.
  double value() const;

  std::size_t rung(std::size_t set) const { return rungs_[set]; }
  bool at_top(std::size_t set) const { return rungs_[set] + 1 == instance_->ladders[set].units.size(); }
  bool at_bottom(std::size_t set) const { return rungs_[set] == 0; }
  /// How much more it costs to have the set on rung `to` in place of rung `from`, all others as they are.
  Cost difference(std::size_t set, std::size_t from, std::size_t to) const;
  double value_difference(std::size_t set, std::size_t from, std::size_t to) const;
  void move(std::size_t set, std::size_t rung);

 private:
  const Instance* instance_;
  Rungs rungs_;
  std::vector<std::int64_t> inputs_, outputs_;  ///< by layer
  Cost cost_ = 0;
};

/// Value for cost; infinite when it costs nothing.
double density(double value, Cost cost);

}  // namespace prunec::budget

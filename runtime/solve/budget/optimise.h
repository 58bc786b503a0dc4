// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The widths that keep most within a budget. README.md of runtime/solve states the problem and the method. Knows no LibTorch.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "runtime/solve/budget/choice.h"

namespace prunec {

/// By choice of the problem: how many units stay, the most valuable ones.
struct WidthSolution {
  std::vector<Units> kept;
  Cost cost = 0;
  double value = 0;             ///< sum of the values of what is kept
  std::optional<double> bound;  ///< no solution within the budget keeps more; none where the cost is a measured table

  /// How far the value can be from the best one, as a share of the bound; 0 when the bound is 0.
  std::optional<double> gap() const;

  friend bool operator==(const WidthSolution&, const WidthSolution&) = default;
};

struct OutOfReach {
  Cost least_cost = 0;                ///< the nearest budget that can be met
  std::vector<StatementId> conflict;  ///< a smallest set of statements that keeps the cost above the budget; empty: no statement is needed

  friend bool operator==(const OutOfReach&, const OutOfReach&) = default;
};

/// Prepares a problem once; then each budget is quick. Deterministic: ties go by value, then by execution order.
class BudgetOptimiser {
 public:
  explicit BudgetOptimiser(BudgetProblem problem);
  ~BudgetOptimiser();
  BudgetOptimiser(BudgetOptimiser&&) noexcept;

  Cost least_cost() const;
  Cost full_cost() const;

  /// Never costs more than `budget`, and no set can be widened by one step within it. A larger budget never keeps less.
  std::variant<WidthSolution, OutOfReach> solve(Cost budget) const;

 private:
  struct Prepared;
  std::unique_ptr<const Prepared> prepared_;
};

}  // namespace prunec

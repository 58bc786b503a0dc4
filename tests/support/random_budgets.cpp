// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/random_budgets.h"

#include <algorithm>

namespace prunec::test {

namespace {

/// RapidCheck draws from a part of a range while its size is small; here the whole of it is wanted from the start.
template <typename T>
T anywhere(T begin, T end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(begin, end));
}

std::size_t below(std::size_t end) {
  return anywhere(std::size_t{0}, end);
}
std::int64_t between(std::int64_t least, std::int64_t most) {
  return anywhere(least, most + 1);
}

std::vector<double> random_values(std::size_t units) {
  const std::size_t kind = below(4);
  std::vector<double> values(units, kind == 0 ? 0.0 : 1.0);
  if (kind >= 2) {
    for (double& value : values) value = static_cast<double>(between(0, kind == 2 ? 3 : 1000)) / 7;
  }
  std::sort(values.begin(), values.end());
  return values;
}

Extent random_extent(std::size_t sets) {
  Extent extent;
  extent.constant = between(0, 3);
  for (std::size_t n = below(4); n > 0; --n) {
    const std::size_t set = below(sets);
    const bool there = std::any_of(extent.terms.begin(), extent.terms.end(), [&](const ExtentTerm& term) { return term.set == set; });
    if (!there) extent.terms.push_back({set, between(1, 2)});
  }
  if (extent.terms.empty() && extent.constant == 0) extent.constant = 1;
  return extent;
}

CostTable random_table() {
  CostTable table{{1, 4, 9}, {2, 6}, {}};
  for (std::size_t i = 0; i < 6; ++i) table.costs.push_back(between(1, 60));
  return table;
}

}  // namespace

rc::Gen<BudgetProblem> random_problem(const RandomShape& shape) {
  return rc::gen::exec([shape] {
    BudgetProblem problem;
    const std::size_t sets = 1 + below(shape.most_sets);
    StatementId next = 0;
    for (std::size_t s = 0; s < sets; ++s) {
      Choice choice;
      choice.order = s;
      choice.values = random_values(1 + below(shape.most_units));
      const auto width = static_cast<std::int64_t>(choice.values.size());
      for (std::size_t n = below(3); n > 0; --n) choice.floors.push_back({between(1, width), next++});
      if (below(3) == 0) {
        choice.step = between(1, 4);
        choice.step_because = next++;
      }
      problem.choices.push_back(std::move(choice));
    }
    for (std::size_t n = 1 + below(2 * sets); n > 0; --n) {
      CostLayer layer{random_extent(sets), random_extent(sets), between(1, 20), {}};
      if (shape.tables && below(2) == 0) layer.table = random_table();
      problem.cost.layers.push_back(std::move(layer));
    }
    problem.cost.constant = between(0, 5);
    return problem;
  });
}

Cost plain_cost(const CostModel& model, const std::vector<Units>& kept) {
  const auto length = [&](const Extent& extent) {
    std::int64_t sum = extent.constant;
    for (const ExtentTerm& term : extent.terms) sum += term.positions * kept[term.set];
    return sum;
  };
  Cost cost = model.constant;
  for (const CostLayer& layer : model.layers) {
    const std::int64_t input = length(layer.input);
    const std::int64_t output = length(layer.output);
    cost += layer.table ? look_up(never_falling(*layer.table), input, output) : layer.factor * input * output;
  }
  return cost;
}

double plain_value(const Choice& choice, Units units) {
  double sum = 0;
  for (Units i = 0; i < units; ++i) sum += choice.values[choice.values.size() - 1 - static_cast<std::size_t>(i)];
  return sum;
}

std::vector<Units> plain_allowed(const Choice& choice) {
  const auto width = static_cast<Units>(choice.values.size());
  std::vector<Units> allowed;
  for (Units units = 1; units <= width; ++units) {
    const bool high_enough =
        std::all_of(choice.floors.begin(), choice.floors.end(), [&](const Floor& floor) { return units >= floor.least; });
    if (units == width || (high_enough && units % choice.step == 0)) allowed.push_back(units);
  }
  return allowed;
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/cost_model.h"

#include <algorithm>
#include <cmath>

namespace prunec {

namespace {

/// Where a length lies between two grid lines.
struct Place {
  std::size_t below = 0, above = 0;
  double share = 0;  ///< of the upper line; more than 1 beyond the last
};

Place place_of(const std::vector<std::int64_t>& lines, std::int64_t length) {
  if (lines.size() < 2 || length <= lines.front()) return {};
  const auto next = std::upper_bound(lines.begin(), lines.end(), length);
  const auto above = std::min(static_cast<std::size_t>(next - lines.begin()), lines.size() - 1);
  const auto from = static_cast<double>(lines[above - 1]);
  return {above - 1, above, (static_cast<double>(length) - from) / (static_cast<double>(lines[above]) - from)};
}

}  // namespace

CostTable never_falling(CostTable table) {
  const std::size_t columns = table.outputs.size();
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      Cost& cost = table.costs[i * columns + j];
      if (i > 0) cost = std::max(cost, table.costs[(i - 1) * columns + j]);
      if (j > 0) cost = std::max(cost, table.costs[i * columns + j - 1]);
    }
  }
  return table;
}

Cost look_up(const CostTable& table, std::int64_t input, std::int64_t output) {
  const Place row = place_of(table.inputs, input);
  const Place column = place_of(table.outputs, output);
  const auto at = [&](std::size_t i, std::size_t j) { return static_cast<double>(table.costs[i * table.outputs.size() + j]); };
  const auto along = [&](std::size_t i) { return at(i, column.below) + column.share * (at(i, column.above) - at(i, column.below)); };
  return std::llround(along(row.below) + row.share * (along(row.above) - along(row.below)));
}

Cost cost_of(const CostModel& model, const std::vector<Units>& kept) {
  const auto length_of = [&](const Extent& extent) {
    std::int64_t length = extent.constant;
    for (const ExtentTerm& term : extent.terms) length += term.positions * kept[term.set];
    return length;
  };
  Cost cost = model.constant;
  for (const CostLayer& layer : model.layers) cost += layer_cost(layer, length_of(layer.input), length_of(layer.output));
  return cost;
}

Cost layer_cost(const CostLayer& layer, std::int64_t input, std::int64_t output) {
  return layer.table ? look_up(*layer.table, input, output) : layer.factor * input * output;
}

}  // namespace prunec

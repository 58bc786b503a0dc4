// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <numeric>

#include "runtime/solve/budget/elimination.h"
#include "runtime/solve/budget/scale.h"

namespace prunec::budget {

namespace {

/// Closer together around each centre, the farther the wider.
std::vector<double> lengths_around(double least, double most, const std::vector<double>& centres) {
  std::vector<double> lengths{least, most};
  for (const double centre : centres) {
    lengths.push_back(centre);
    for (double away = 1; away < most - least; away *= 2) {
      lengths.push_back(std::max(least, centre - away));
      lengths.push_back(std::min(most, centre + away));
    }
  }
  std::sort(lengths.begin(), lengths.end());
  lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
  return lengths;
}

}  // namespace

std::vector<double> Elimination::sums_at(const std::vector<double>& units) const {
  std::vector<double> lengths = units;
  for (const Sum& sum : cost_.sums) lengths.push_back(sum.of(lengths[sum.rest], lengths[sum.set]));
  return {lengths.begin() + static_cast<std::ptrdiff_t>(units.size()), lengths.end()};
}

Grids Elimination::grids_around(const std::vector<Rungs>& centres) const {
  Grids grids;
  std::vector<double> least, most;
  std::vector<std::vector<double>> units(centres.size());
  for (std::size_t s = 0; s < cost_.sets; ++s) {
    const Ladder& ladder = instance_->ladders[s];
    std::vector<std::size_t> rungs;
    for (std::size_t c = 0; c < centres.size(); ++c) {
      rungs.push_back(centres[c][s]);
      units[c].push_back(static_cast<double>(ladder.units[centres[c][s]]));
    }
    grids.sets.push_back(grid_over(ladder, rungs));
    least.push_back(static_cast<double>(ladder.units.front()));
    most.push_back(static_cast<double>(ladder.units.back()));
  }
  const std::vector<double> shortest = sums_at(least), longest = sums_at(most);
  for (auto& each : units) each = sums_at(each);
  for (std::size_t i = 0; i < cost_.sums.size(); ++i) {
    std::vector<double> lengths;
    for (const auto& each : units) lengths.push_back(each[i]);
    grids.sums.push_back(lengths_around(shortest[i], longest[i], lengths));
  }
  return grids;
}

Grids Elimination::all_of_it() const {
  Grids grids;
  std::vector<double> least, most;
  for (const Ladder& ladder : instance_->ladders) {
    grids.sets.emplace_back(ladder.units.size());
    std::iota(grids.sets.back().begin(), grids.sets.back().end(), std::size_t{0});
    least.push_back(static_cast<double>(ladder.units.front()));
    most.push_back(static_cast<double>(ladder.units.back()));
  }
  const std::vector<double> shortest = sums_at(least), longest = sums_at(most);
  for (std::size_t i = 0; i < cost_.sums.size(); ++i) {
    grids.sums.emplace_back();
    for (double length = shortest[i]; length <= longest[i]; ++length) grids.sums.back().push_back(length);
  }
  return grids;
}

double Elimination::work(const Grids& grids) const {
  const auto points = [&](std::size_t node) {
    return static_cast<double>(node < cost_.sets ? grids.sets[node].size() : grids.sums[node - cost_.sets].size());
  };
  double sum = 0;
  for (const EliminationStep& step : *order_) {
    double product = points(step.set);
    for (const std::size_t other : step.others) product *= points(other);
    sum += product;
  }
  return sum;
}

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/price_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace prunec::budget {

namespace {

constexpr int kMaxPasses = 40;             // settled after a few; a bound all the same
constexpr std::size_t kMaxPrices = 256;    // prices that are tried
constexpr Cost kParts = 100;               // neighbours further apart than this share of the whole cost get a price between them
constexpr double kMostWork = 1e6;          // of an elimination; some milliseconds
constexpr double kClosestPrices = 1.0001;  // prices closer than this factor are one

bool worth(const Point& point, std::size_t set, std::size_t rung, double price) {
  return point.value_difference(set, rung, rung + 1) >= price * static_cast<double>(point.difference(set, rung, rung + 1));
}

/// Steps get less worth a step the higher they are, so the best rung is found by doubling strides from the present one, then halving.
std::size_t best_rung(const Point& point, std::size_t set, double price) {
  const std::size_t top = point.instance().ladders[set].units.size() - 1;
  std::size_t low = point.rung(set);  // the best rung is at least this
  std::size_t high = low;             // and at most this
  if (low < top && worth(point, set, low, price)) {
    for (std::size_t stride = 1;; stride *= 2) {
      low = high + 1;
      high = std::min(top, high + stride);
      if (high == top || !worth(point, set, high, price)) break;
    }
  } else {
    for (std::size_t stride = 1; low > 0; stride *= 2) {
      high = low;
      low -= std::min(low, stride);
      if (worth(point, set, low, price)) {
        ++low;
        break;
      }
    }
  }
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (worth(point, set, middle, price)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The range of prices between which something changes; empty when no step has a positive value and cost.
std::pair<double, double> price_range(const Instance& instance) {
  const Point bottom(instance);
  Rungs tops;
  for (const Ladder& ladder : instance.ladders) tops.push_back(ladder.units.size() - 1);
  const Point top(instance, std::move(tops));
  double lowest = std::numeric_limits<double>::infinity();
  double highest = 0;
  for (std::size_t s = 0; s < instance.ladders.size(); ++s) {
    const std::size_t last = instance.ladders[s].units.size() - 1;
    if (last == 0) continue;
    const double first_step = density(bottom.value_difference(s, 0, 1), bottom.difference(s, 0, 1));
    if (std::isfinite(first_step)) highest = std::max(highest, first_step);
    for (std::size_t rung = last; rung > 0; --rung) {  // the highest step that is worth anything
      const double value = top.value_difference(s, rung - 1, rung);
      const Cost cost = top.difference(s, rung - 1, rung);
      if (value <= 0 || cost <= 0) continue;
      lowest = std::min(lowest, density(value, cost));
      break;
    }
  }
  return {lowest / 2, highest * 2};
}

/// What is best over all sets together at this price, looked for most closely around two points that are good.
std::optional<Point> best_together(const Point& one, const Point& other, const std::optional<Elimination>& elimination, double price) {
  if (!elimination || !elimination->possible()) return std::nullopt;
  const Grids grids = elimination->grids_around({one.rungs(), other.rungs()});
  if (elimination->work(grids) > kMostWork) return std::nullopt;
  Point best(one.instance(), elimination->at(price, grids).at);
  settle(best, price);
  return best;
}

}  // namespace

void settle(Point& point, double price) {
  for (int pass = 0; pass < kMaxPasses; ++pass) {
    bool moved = false;
    for (std::size_t s = 0; s < point.rungs().size(); ++s) {
      const std::size_t rung = best_rung(point, s, price);
      if (rung == point.rung(s)) continue;
      point.move(s, rung);
      moved = true;
    }
    if (!moved) return;
  }
}

std::vector<Point> price_curve(const Instance& instance, const std::optional<Elimination>& elimination) {
  struct Stretch {
    double cheap_price, dear_price;  ///< of the two ends; a high price keeps little and so makes a cheap point
    std::size_t cheap, dear;
  };
  std::vector<Point> points{Point(instance)};
  const auto [lowest, highest] = price_range(instance);
  if (!(lowest < highest)) return points;
  const auto settled = [&](std::size_t from, double price) {
    points.push_back(points[from]);
    settle(points.back(), price);
    return points.size() - 1;
  };
  const std::size_t cheapest = settled(0, highest);
  Rungs tops;
  for (const Ladder& ladder : instance.ladders) tops.push_back(ladder.units.size() - 1);
  points.emplace_back(instance, std::move(tops));
  const std::size_t dearest = settled(points.size() - 1, lowest);
  const Cost whole = points[dearest].cost() - points[0].cost();
  std::vector<Stretch> stretches{{highest, lowest, cheapest, dearest}};
  // Breadth first, so that the limit on prices leaves an even curve.
  for (std::size_t next = 0; next < stretches.size() && next < kMaxPrices; ++next) {
    const Stretch stretch = stretches[next];
    if (points[stretch.dear].cost() - points[stretch.cheap].cost() <= whole / kParts) continue;
    if (stretch.cheap_price < stretch.dear_price * kClosestPrices) continue;
    const double price = std::sqrt(stretch.cheap_price) * std::sqrt(stretch.dear_price);
    const std::size_t from_cheap = settled(stretch.cheap, price);
    const std::size_t from_dear = settled(stretch.dear, price);
    if (auto best = best_together(points[from_cheap], points[from_dear], elimination, price)) points.push_back(std::move(*best));
    stretches.push_back({stretch.cheap_price, price, stretch.cheap, from_cheap});
    stretches.push_back({price, stretch.dear_price, from_dear, stretch.dear});
  }
  return points;
}

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/tangent_bound.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace prunec::budget {

namespace {

constexpr int kMaxRounds = 200;
constexpr double kCloseEnough = 1e-5;  // relative; a smaller gap is not worth looking for
constexpr int kMaxIdleRounds = 20;
constexpr double kIdle = 1e-3;  // a round that closes less than this share of the gap
constexpr double kPricePrecision = 1e-9;
constexpr double kLowestPrice = 1e-200, kHighestPrice = 1e200;
constexpr double kSlack = 1e-12;  // relative; stands for the rounding of sums

/// Vertices of the upper concave hull of a set's values over its coordinate.
struct Hull {
  std::vector<double> at, values;
};

/// A set with the rungs that may still be part of something better, and where the tangent touches.
struct Range {
  std::size_t low = 0, high = 0;
  bool logarithmic = true;
  double here = 0;   ///< the coordinate at which the tangent touches
  double slope = 0;  ///< of the cost along the coordinate there
};

double coordinate(const Range& range, Units units) {
  return range.logarithmic ? std::log(static_cast<double>(units)) : static_cast<double>(units);
}

/// Whether no layer multiplies the set with itself or another.
bool stands_alone(const Instance& instance, std::size_t set) {
  return std::all_of(instance.touches[set].begin(), instance.touches[set].end(), [&](const Touch& touch) {
    const CostLayer& layer = instance.cost.layers[touch.layer];
    return (touch.input == 0 || layer.output.terms.empty()) && (touch.output == 0 || layer.input.terms.empty());
  });
}

std::vector<Range> ranges_at(const Point& point) {
  const Instance& instance = point.instance();
  std::vector<Range> ranges(instance.ladders.size());
  for (std::size_t s = 0; s < ranges.size(); ++s) {
    ranges[s].high = instance.ladders[s].units.size() - 1;
    ranges[s].logarithmic = !stands_alone(instance, s);
    ranges[s].here = coordinate(ranges[s], instance.ladders[s].units[point.rung(s)]);
  }
  return ranges;
}

double length_of(const Extent& extent, const std::vector<double>& units) {
  double length = static_cast<double>(extent.constant);
  for (const ExtentTerm& term : extent.terms) length += static_cast<double>(term.positions) * units[term.set];
  return length;
}

/// Sets the slopes where the ranges are, and returns the cost there.
double touch(const Instance& instance, std::vector<Range>& ranges) {
  std::vector<double> units;
  for (Range& range : ranges) {
    units.push_back(range.logarithmic ? std::exp(range.here) : range.here);
    range.slope = 0;
  }
  double cost = static_cast<double>(instance.cost.constant);
  for (const CostLayer& layer : instance.cost.layers) {
    const double input = length_of(layer.input, units);
    const double output = length_of(layer.output, units);
    const auto factor = static_cast<double>(layer.factor);
    cost += factor * input * output;
    for (const ExtentTerm& term : layer.input.terms) ranges[term.set].slope += factor * output * static_cast<double>(term.positions);
    for (const ExtentTerm& term : layer.output.terms) ranges[term.set].slope += factor * input * static_cast<double>(term.positions);
  }
  for (std::size_t s = 0; s < ranges.size(); ++s) ranges[s].slope *= ranges[s].logarithmic ? units[s] : 1;
  return cost;
}

Hull hull_of(const Ladder& ladder, const Range& range) {
  Hull hull;
  for (std::size_t rung = range.low; rung <= range.high; ++rung) {
    const double x = coordinate(range, ladder.units[rung]);
    const double y = ladder.values[rung];
    while (hull.at.size() >= 2) {
      const std::size_t n = hull.at.size();
      const double before = (hull.values[n - 1] - hull.values[n - 2]) * (x - hull.at[n - 2]);
      const double direct = (y - hull.values[n - 2]) * (hull.at[n - 1] - hull.at[n - 2]);
      if (before > direct) break;
      hull.at.pop_back();
      hull.values.pop_back();
    }
    hull.at.push_back(x);
    hull.values.push_back(y);
  }
  return hull;
}

/// The vertex of greatest value - weight x coordinate.
std::size_t best_vertex(const Hull& hull, double weight) {
  std::size_t low = 0;
  std::size_t high = hull.at.size() - 1;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const bool up = hull.values[middle + 1] - hull.values[middle] > weight * (hull.at[middle + 1] - hull.at[middle]);
    (up ? low : high) = up ? middle + 1 : middle;
  }
  return low;
}

/// The relaxed problem at a price: what it keeps at most, and how far the tangent's cost then lies above the limit.
struct Relaxed {
  double value = 0;
  double excess = 0;
};

Relaxed relax(const std::vector<Range>& ranges, const std::vector<Hull>& hulls, double price, double room) {
  Relaxed relaxed{price * room, -room};
  for (std::size_t s = 0; s < ranges.size(); ++s) {
    const std::size_t vertex = best_vertex(hulls[s], price * ranges[s].slope);
    const double rise = ranges[s].slope * (hulls[s].at[vertex] - ranges[s].here);
    relaxed.value += hulls[s].values[vertex] - price * rise;
    relaxed.excess += rise;
  }
  return relaxed;
}

/// Nearly the price of the least bound (any price gives a bound): the excess falls as the price grows, and the least is where its sign
/// changes. The search begins at `guess`, which is positive.
double best_price(const std::vector<Range>& ranges, const std::vector<Hull>& hulls, double room, double guess) {
  const auto too_low = [&](double price) { return relax(ranges, hulls, price, room).excess > 0; };
  if (!too_low(0)) return 0;
  double low = guess;
  double high = guess;
  if (too_low(guess)) {
    for (double factor = 1.01; high < kHighestPrice && too_low(high); factor *= factor) low = std::exchange(high, high * factor);
  } else {
    for (double factor = 1.01; low > kLowestPrice && !too_low(low); factor *= factor) high = std::exchange(low, low / factor);
  }
  while (high - low > kPricePrecision * high) {
    const double middle = low + (high - low) / 2;
    (too_low(middle) ? low : high) = middle;
  }
  return high;
}

/// Leaves out rungs at either end whose loss at this price exceeds the gap.
void narrow(const Instance& instance, std::vector<Range>& ranges, const std::vector<Hull>& hulls, double price, double gap) {
  for (std::size_t s = 0; s < ranges.size(); ++s) {
    Range& range = ranges[s];
    const double weight = price * range.slope;
    const std::size_t vertex = best_vertex(hulls[s], weight);
    const double best = hulls[s].values[vertex] - weight * hulls[s].at[vertex];
    const auto lost = [&](std::size_t rung) {
      return best - (instance.ladders[s].values[rung] - weight * coordinate(range, instance.ladders[s].units[rung])) > gap;
    };
    while (range.low < range.high && lost(range.low)) ++range.low;
    while (range.high > range.low && lost(range.high)) --range.high;
  }
}

/// Moves the touching point some way to where the relaxed problem would have it.
void approach(std::vector<Range>& ranges, const std::vector<Hull>& hulls, double price, double share) {
  for (std::size_t s = 0; s < ranges.size(); ++s) {
    const double there = hulls[s].at[best_vertex(hulls[s], price * ranges[s].slope)];
    ranges[s].here += share * (there - ranges[s].here);
  }
}

}  // namespace

double tangent_bound(const Point& point, Cost limit) {
  const Instance& instance = point.instance();
  const double value = point.value();
  std::vector<Range> ranges = ranges_at(point);
  double all = 0;
  for (const Ladder& ladder : instance.ladders) all += ladder.values.back();
  double bound = all;
  std::vector<Hull> hulls;
  for (std::size_t s = 0; s < ranges.size(); ++s) hulls.push_back(hull_of(instance.ladders[s], ranges[s]));
  double price = 1;
  int idle = 0;
  for (int round = 0; round < kMaxRounds && idle < kMaxIdleRounds && bound - value > kCloseEnough * bound; ++round) {
    const double room = static_cast<double>(limit) - touch(instance, ranges);
    price = best_price(ranges, hulls, room, price > 0 ? price : 1);
    const double relaxed = relax(ranges, hulls, price, room).value + kSlack * all;
    // Within the narrowed ranges nothing is better than `relaxed`; outside of them nothing is better than the point.
    const double closer = std::min(bound, std::max(relaxed, value));
    idle = bound - closer < kIdle * (bound - value) ? idle + 1 : 0;
    bound = closer;
    const std::vector<Range> before = ranges;
    narrow(instance, ranges, hulls, price, relaxed - value);
    approach(ranges, hulls, price, 2.0 / (round + 4));
    for (std::size_t s = 0; s < ranges.size(); ++s) {
      if (ranges[s].low != before[s].low || ranges[s].high != before[s].high) hulls[s] = hull_of(instance.ladders[s], ranges[s]);
    }
  }
  return std::max(bound, value);
}

}  // namespace prunec::budget

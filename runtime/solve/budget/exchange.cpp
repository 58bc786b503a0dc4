// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/exchange.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "runtime/solve/budget/climb.h"

namespace prunec::budget {

namespace {

constexpr int kMaxRounds = 16;
constexpr std::size_t kMostTried = 24;  // sets tried each way in a round

struct Candidate {
  double density = 0;
  std::size_t set = 0;
};

std::vector<Candidate> first_of(std::vector<Candidate> candidates, bool densest) {
  const auto better = [&](const Candidate& a, const Candidate& b) {
    if (a.density != b.density) return densest ? a.density > b.density : a.density < b.density;
    return a.set < b.set;
  };
  const std::size_t count = std::min(candidates.size(), kMostTried);
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count), candidates.end(), better);
  candidates.resize(count);
  return candidates;
}

double density_up(const Point& point, std::size_t set) {
  const std::size_t rung = point.rung(set);
  return density(point.value_difference(set, rung, rung + 1), point.difference(set, rung, rung + 1));
}

double density_down(const Point& point, std::size_t set) {
  const std::size_t rung = point.rung(set);
  return density(point.value_difference(set, rung - 1, rung), point.difference(set, rung - 1, rung));
}

std::vector<Candidate> cheap_to_lose(const Point& point) {
  std::vector<Candidate> candidates;
  for (std::size_t s = 0; s < point.rungs().size(); ++s) {
    if (!point.at_bottom(s)) candidates.push_back({density_down(point, s), s});
  }
  return first_of(std::move(candidates), false);
}

std::vector<Candidate> good_to_gain(const Point& point) {
  std::vector<Candidate> candidates;
  for (std::size_t s = 0; s < point.rungs().size(); ++s) {
    if (!point.at_top(s)) candidates.push_back({density_up(point, s), s});
  }
  return first_of(std::move(candidates), true);
}

void use_up(Point& point, Cost limit) {
  climb(point, limit);
  fill(point, limit);
}

Point with_step_back(Point point, std::size_t set, Cost limit) {
  point.move(set, point.rung(set) - 1);
  climb(point, limit, set);
  fill(point, limit, set);
  use_up(point, limit);
  return point;
}

std::optional<std::size_t> least_loss(const Point& point, std::size_t barred) {
  std::optional<Candidate> least;
  for (std::size_t s = 0; s < point.rungs().size(); ++s) {
    if (s == barred || point.at_bottom(s)) continue;
    const double loss = density_down(point, s);
    if (!least || loss < least->density) least = Candidate{loss, s};
  }
  return least ? std::optional(least->set) : std::nullopt;
}

std::optional<Point> with_step_taken(Point point, std::size_t set, Cost limit) {
  point.move(set, point.rung(set) + 1);
  while (point.cost() > limit) {
    const auto giver = least_loss(point, set);
    if (!giver) return std::nullopt;
    point.move(*giver, point.rung(*giver) - 1);
  }
  use_up(point, limit);
  return point;
}

}  // namespace

void improve(Point& point, Cost limit) {
  use_up(point, limit);
  for (int round = 0; round < kMaxRounds; ++round) {
    std::optional<Point> best;
    double most = point.value();
    const auto consider = [&](Point candidate) {
      const double value = candidate.value();
      if (value <= most) return;
      most = value;
      best = std::move(candidate);
    };
    for (const Candidate& candidate : cheap_to_lose(point)) consider(with_step_back(point, candidate.set, limit));
    for (const Candidate& candidate : good_to_gain(point)) {
      if (auto taken = with_step_taken(point, candidate.set, limit)) consider(std::move(*taken));
    }
    if (!best) return;
    point = std::move(*best);
  }
}

}  // namespace prunec::budget

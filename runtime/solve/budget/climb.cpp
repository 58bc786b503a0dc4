// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/climb.h"

#include <optional>
#include <queue>

namespace prunec::budget {

namespace {

enum class Wanted { kDensest, kCheapest };

struct Step {
  double rank = 0;      ///< the lowest goes first
  double tie_rank = 0;  ///< then the lowest of this, then the earliest set
  std::size_t set = 0;
  std::size_t rung = 0;
  Cost cost = 0;

  friend bool operator<(const Step& a, const Step& b) {
    if (a.rank != b.rank) return a.rank > b.rank;
    if (a.tie_rank != b.tie_rank) return a.tie_rank > b.tie_rank;
    return a.set > b.set;
  }
};

/// The next step of each set, best first. A step's rank only gets worse as other sets grow, when costs are products: so an entry that is
/// out of date is seen when it comes up, and put back. With tables the steps of the neighbours are entered anew.
class Steps {
 public:
  Steps(const Point& point, Wanted wanted, std::size_t barred) : point_(point), wanted_(wanted), barred_(barred) {
    std::vector<Step> steps;
    for (std::size_t s = 0; s < point.rungs().size(); ++s) {
      if (const auto step = step_of(s)) steps.push_back(*step);
    }
    queue_ = std::priority_queue<Step>(std::less<Step>(), std::move(steps));
  }

  std::optional<Step> best() {
    while (!queue_.empty()) {
      const Step found = queue_.top();
      const auto current = step_of(found.set);
      if (current && current->rung == found.rung && current->rank == found.rank && current->tie_rank == found.tie_rank) return current;
      queue_.pop();
      if (current && current->rung == found.rung) queue_.push(*current);
    }
    return std::nullopt;
  }

  /// After the point has moved up by the best step.
  void taken(const Step& step) {
    queue_.pop();
    enter(step.set);
    if (!point_.instance().tabled) return;
    for (const std::size_t neighbour : point_.instance().neighbours[step.set]) enter(neighbour);
  }

 private:
  std::optional<Step> step_of(std::size_t set) const {
    if (set == barred_ || point_.at_top(set)) return std::nullopt;
    const std::size_t rung = point_.rung(set);
    const Cost cost = point_.difference(set, rung, rung + 1);
    const double value = point_.value_difference(set, rung, rung + 1);
    if (wanted_ == Wanted::kDensest) return Step{-density(value, cost), static_cast<double>(cost), set, rung, cost};
    return Step{static_cast<double>(cost), -value, set, rung, cost};
  }

  void enter(std::size_t set) {
    if (const auto step = step_of(set)) queue_.push(*step);
  }

  const Point& point_;
  Wanted wanted_;
  std::size_t barred_;
  std::priority_queue<Step> queue_;
};

/// With tables a fill can keep more value than the next step of the climb: then the climb goes on from there.
bool leaps(Point& point, const Step& step, std::size_t barred) {
  Point filled = point;
  fill(filled, point.cost() + step.cost - 1, barred);
  Point next = point;
  next.move(step.set, step.rung + 1);
  if (filled.value() <= next.value()) return false;
  point = std::move(filled);
  return true;
}

}  // namespace

void climb(Point& point, Cost limit, std::size_t barred) {
  auto steps = std::make_optional<Steps>(point, Wanted::kDensest, barred);
  while (const auto step = steps->best()) {
    if (step->cost > limit - point.cost()) return;
    if (point.instance().tabled && leaps(point, *step, barred)) {
      steps.emplace(point, Wanted::kDensest, barred);
      continue;
    }
    point.move(step->set, step->rung + 1);
    steps->taken(*step);
  }
}

void fill(Point& point, Cost limit, std::size_t barred) {
  Steps steps(point, Wanted::kCheapest, barred);
  while (const auto step = steps.best()) {
    if (step->cost > limit - point.cost()) return;
    point.move(step->set, step->rung + 1);
    steps.taken(*step);
  }
}

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/dual_bound.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace prunec::budget {

namespace {

constexpr double kMostWork = 5e7;      // for one price; some tenths of a second
constexpr int kMostPasses = 3;         // each with grids that are finer where the last one ended
constexpr int kMostPrices = 24;        // in a pass
constexpr double kCloseEnough = 1e-5;  // relative
constexpr double kFirstFactor = 1.05;  // between prices while only one side of the best is known
constexpr double kLowestPrice = 1e-100, kHighestPrice = 1e100;
constexpr double kSlack = 1e-11;  // relative; stands for the rounding of sums

/// A choice that is best at some price.
struct Side {
  double price = 0;
  double value = 0;
  double excess = 0;  ///< of its cost over the limit
  Rungs rungs;

  double bound_at(double other_price) const { return value - other_price * excess; }
};

class Search {
 public:
  Search(const Elimination& elimination, const Point& point, Cost limit)
      : elimination_(elimination), point_(point), limit_(limit), value_(point.value()) {
    Rungs tops;
    for (const Ladder& ladder : point.instance().ladders) tops.push_back(ladder.units.size() - 1);
    const Point full(point.instance(), std::move(tops));
    full_cost_ = static_cast<double>(full.cost());
    bound_ = all_ = full.value();
  }

  double bound() {
    std::vector<Rungs> centres{point_.rungs()};
    double price = first_price();
    for (int pass = 0; pass < kMostPasses && !done(); ++pass) {
      const double before = bound_;
      const Grids grids = elimination_.grids_around(centres);
      if (elimination_.work(grids) > kMostWork) break;
      price = search(grids, price);
      if (pass > 0 && before - bound_ <= kCloseEnough * bound_) break;
      if (!above_ || !below_ || bound_ - least_possible(price) <= kCloseEnough * bound_) break;
      centres = {point_.rungs(), above_->rungs, below_->rungs};
    }
    return std::max(bound_, value_);
  }

 private:
  bool done() const { return bound_ - value_ <= kCloseEnough * bound_; }

  /// The greatest worth of a next step, as far as there is one.
  double first_price() const {
    double price = 0;
    for (std::size_t s = 0; s < point_.rungs().size(); ++s) {
      if (point_.at_top(s)) continue;
      const double worth =
          density(point_.value_difference(s, point_.rung(s), point_.rung(s) + 1), point_.difference(s, point_.rung(s), point_.rung(s) + 1));
      if (std::isfinite(worth)) price = std::max(price, worth);
    }
    return price > 0 ? price : 1;
  }

  void try_price(double price, const Grids& grids) {
    const Eliminated found = elimination_.at(price, grids);
    const auto limit = static_cast<double>(limit_);
    bound_ = std::min(bound_, found.most + price * limit + kSlack * (all_ + price * full_cost_));
    const Point there(point_.instance(), found.at);
    (there.cost() > limit_ ? above_ : below_) = Side{price, there.value(), static_cast<double>(there.cost() - limit_), found.at};
  }

  double least_possible(double price) const { return std::max(above_->bound_at(price), below_->bound_at(price)); }

  /// Narrows the price between one that keeps too much and one that keeps too little; the next one is where what the two would keep at most
  /// is the same.
  double search(const Grids& grids, double price) {
    above_.reset();
    below_.reset();
    double factor = kFirstFactor;
    for (int tried = 0; tried < kMostPrices && !done(); ++tried) {
      try_price(price, grids);
      if (above_ && below_) {
        const double least = least_possible(price);
        if (bound_ - least <= kCloseEnough * bound_) break;
        const double meeting = (above_->value - below_->value) / (above_->excess - below_->excess);
        const bool between = meeting > above_->price && meeting < below_->price;
        price = between ? meeting : std::sqrt(above_->price) * std::sqrt(below_->price);
      } else {
        price = above_ ? price * factor : price / factor;
        if (price < kLowestPrice || price > kHighestPrice) break;
        factor *= factor;
      }
    }
    return price;
  }

  const Elimination& elimination_;
  const Point& point_;
  Cost limit_;
  double value_;
  double all_ = 0;
  double full_cost_ = 0;
  double bound_ = 0;
  std::optional<Side> above_, below_;  ///< the limit
};

}  // namespace

double dual_bound(const Elimination& elimination, const Point& point, Cost limit) {
  return Search(elimination, point, limit).bound();
}

}  // namespace prunec::budget

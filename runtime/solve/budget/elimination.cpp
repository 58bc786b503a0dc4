// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/elimination.h"

#include <algorithm>

#include "runtime/solve/budget/scale.h"

namespace prunec::budget {

namespace {

/// What a set that has gone leaves behind: a function of up to two others on their grids.
struct Message {
  std::vector<std::size_t> of;
  std::vector<double> values;  ///< [grid of the first x grid of the second]
};

class Run {
 public:
  Run(const Instance& instance, const Interaction& cost, const std::vector<EliminationStep>& order, const Grids& grids, double price)
      : cost_(cost), order_(order), price_(price), received_(grids.size()) {
    for (std::size_t s = 0; s < grids.size(); ++s) {
      scales_.emplace_back(instance.ladders[s], grids[s], price * static_cast<double>(cost.square[s]));
    }
  }

  Eliminated result() {
    double most = -price_ * static_cast<double>(cost_.constant);
    for (const EliminationStep& step : order_) {
      messages_.push_back(message_of(step));
      if (step.others.empty()) most += messages_.back().values[0];
      for (const std::size_t other : step.others) received_[other].push_back(messages_.size() - 1);
    }
    return {most, traced()};
  }

 private:
  double weight(std::size_t set, std::size_t other) const {
    const auto& products = cost_.products[set];
    const auto found = std::lower_bound(products.begin(), products.end(), other, [](const auto& p, std::size_t o) { return p.first < o; });
    return found != products.end() && found->first == other ? price_ * static_cast<double>(found->second) : 0;
  }

  std::vector<double> alone(std::size_t set) const {
    std::vector<double> added;
    const double linear = price_ * static_cast<double>(cost_.linear[set]);
    for (const double units : scales_[set].at()) added.push_back(-linear * units);
    for (const std::size_t m : received_[set]) {
      if (messages_[m].of.size() != 1) continue;
      for (std::size_t i = 0; i < added.size(); ++i) added[i] += messages_[m].values[i];
    }
    return added;
  }

  /// [grid of other x grid of set]
  std::vector<double> together(std::size_t set, std::size_t other) const {
    const std::vector<double>& mine = scales_[set].at();
    const std::vector<double>& theirs = scales_[other].at();
    const double product = weight(set, other);
    std::vector<double> added(mine.size() * theirs.size());
    for (std::size_t j = 0; j < theirs.size(); ++j) {
      for (std::size_t i = 0; i < mine.size(); ++i) added[j * mine.size() + i] = -product * theirs[j] * mine[i];
    }
    for (const std::size_t m : received_[set]) {
      const Message& message = messages_[m];
      if (message.of.size() != 2 || (message.of[0] != other && message.of[1] != other)) continue;
      const bool mine_first = message.of[0] == set;
      for (std::size_t j = 0; j < theirs.size(); ++j) {
        for (std::size_t i = 0; i < mine.size(); ++i) {
          added[j * mine.size() + i] += message.values[mine_first ? i * theirs.size() + j : j * mine.size() + i];
        }
      }
    }
    return added;
  }

  Message message_of(const EliminationStep& step) const {
    const Scale& scale = scales_[step.set];
    const std::size_t size = scale.at().size();
    const std::vector<double> own = alone(step.set);
    Message message{step.others, {}};
    if (step.others.empty()) {
      message.values.push_back(scale.best(own.data()).value);
      return message;
    }
    std::vector<double> first = together(step.set, step.others[0]);
    for (std::size_t k = 0; k < first.size(); ++k) first[k] += own[k % size];
    if (step.others.size() == 1) {
      for (std::size_t j = 0; j * size < first.size(); ++j) message.values.push_back(scale.best(&first[j * size]).value);
      return message;
    }
    const std::vector<double> second = together(step.set, step.others[1]);
    std::vector<double> added(size);
    for (std::size_t a = 0; a < first.size(); a += size) {
      for (std::size_t b = 0; b < second.size(); b += size) {
        for (std::size_t i = 0; i < size; ++i) added[i] = first[a + i] + second[b + i];
        message.values.push_back(scale.best(added.data()).value);
      }
    }
    return message;
  }

  Rungs traced() const {
    Rungs at(scales_.size());
    for (auto step = order_.rbegin(); step != order_.rend(); ++step) {
      const Scale& scale = scales_[step->set];
      const std::size_t size = scale.at().size();
      std::vector<double> added = alone(step->set);
      for (const std::size_t other : step->others) {
        const std::vector<double> both = together(step->set, other);
        const auto [cell, along] = scales_[other].place(scales_[other].units(at[other]));
        for (std::size_t i = 0; i < size; ++i) {
          added[i] += (1 - along) * both[cell * size + i];
          if (along > 0) added[i] += along * both[(cell + 1) * size + i];
        }
      }
      at[step->set] = scale.best(added.data()).rung;
    }
    return at;
  }

  const Interaction& cost_;
  const std::vector<EliminationStep>& order_;
  double price_;
  std::vector<Scale> scales_;
  std::vector<Message> messages_;                   ///< by step
  std::vector<std::vector<std::size_t>> received_;  ///< by set
};

}  // namespace

Grids grids_around(const Instance& instance, const std::vector<Rungs>& centres) {
  Grids grids;
  for (std::size_t s = 0; s < instance.ladders.size(); ++s) {
    std::vector<std::size_t> rungs;
    for (const Rungs& centre : centres) rungs.push_back(centre[s]);
    grids.push_back(grid_over(instance.ladders[s], rungs));
  }
  return grids;
}

Elimination::Elimination(const Instance& instance)
    : instance_(&instance), cost_(interaction_of(instance)), order_(elimination_order(cost_)) {}

double Elimination::work(const Grids& grids) const {
  double sum = 0;
  for (const EliminationStep& step : *order_) {
    auto product = static_cast<double>(grids[step.set].size());
    for (const std::size_t other : step.others) product *= static_cast<double>(grids[other].size());
    sum += product;
  }
  return sum;
}

Eliminated Elimination::at(double price, const Grids& grids) const {
  return Run(*instance_, cost_, *order_, grids, price).result();
}

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/elimination.h"

#include <algorithm>

#include "runtime/solve/budget/axis.h"
#include "runtime/solve/budget/scale.h"

namespace prunec::budget {

namespace {

/// What a set that has gone leaves behind: a function of up to two other nodes on their grids.
struct Message {
  std::vector<std::size_t> of;
  std::vector<double> values;  ///< [grid of the first x grid of the second]
};

class Run {
 public:
  Run(const Instance& instance, const Interaction& cost, const std::vector<EliminationStep>& order, const Grids& grids, double price)
      : cost_(cost), order_(order), price_(price), received_(cost.products.size()) {
    for (std::size_t s = 0; s < cost.sets; ++s) {
      scales_.emplace_back(instance.ladders[s], grids.sets[s], price * static_cast<double>(cost.square[s]));
      axes_.emplace_back(scales_.back().at());
    }
    for (const auto& lengths : grids.sums) axes_.emplace_back(lengths);
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
  double weight(std::size_t node, std::size_t other) const {
    const auto& products = cost_.products[node];
    const auto found = std::lower_bound(products.begin(), products.end(), other, [](const auto& p, std::size_t o) { return p.first < o; });
    return found != products.end() && found->first == other ? price_ * static_cast<double>(found->second) : 0;
  }

  /// What depends on the node alone, by point of its grid.
  std::vector<double> alone(std::size_t node) const {
    std::vector<double> added;
    const double linear = price_ * static_cast<double>(cost_.linear[node]);
    for (const double length : axes_[node].points()) added.push_back(-linear * length);
    for (const std::size_t m : received_[node]) {
      if (messages_[m].of.size() != 1) continue;
      for (std::size_t i = 0; i < added.size(); ++i) added[i] += messages_[m].values[i];
    }
    return added;
  }

  /// What depends on both: [grid of other x grid of node].
  std::vector<double> together(std::size_t node, std::size_t other) const {
    const std::vector<double>& mine = axes_[node].points();
    const std::vector<double>& theirs = axes_[other].points();
    const double product = weight(node, other);
    std::vector<double> added(mine.size() * theirs.size());
    for (std::size_t j = 0; j < theirs.size(); ++j) {
      for (std::size_t i = 0; i < mine.size(); ++i) added[j * mine.size() + i] = -product * theirs[j] * mine[i];
    }
    for (const std::size_t m : received_[node]) {
      const Message& message = messages_[m];
      if (message.of.size() != 2 || (message.of[0] != other && message.of[1] != other)) continue;
      const bool mine_first = message.of[0] == node;
      for (std::size_t j = 0; j < theirs.size(); ++j) {
        for (std::size_t i = 0; i < mine.size(); ++i) {
          added[j * mine.size() + i] += message.values[mine_first ? i * theirs.size() + j : j * mine.size() + i];
        }
      }
    }
    return added;
  }

  /// Where the sum lies on its axis when its set is at each point of the set's grid.
  std::vector<Axis::Place> places(const EliminationStep& step, double rest_length) const {
    const Sum& sum = cost_.sums[*step.sum - cost_.sets];
    std::vector<Axis::Place> result;
    for (const double units : axes_[step.set].points()) result.push_back(axes_[*step.sum].place(sum.of(rest_length, units)));
    return result;
  }

  /// By points of the others: the best of the set, each of its widths with what depends on it and them, and on the sum that they make.
  Message message_of(const EliminationStep& step) const {
    const Scale& scale = scales_[step.set];
    const std::size_t size = axes_[step.set].size();
    const std::vector<double> own = alone(step.set);
    Message message{step.others, {}};
    if (step.others.empty()) {
      message.values.push_back(scale.best(own.data()).value);
      return message;
    }
    std::vector<double> first = together(step.set, step.others[0]);
    for (std::size_t k = 0; k < first.size(); ++k) first[k] += own[k % size];
    const bool alone_left = step.others.size() == 1;
    const std::vector<double> second = alone_left ? std::vector<double>(size) : together(step.set, step.others[1]);
    const std::vector<double> sum = step.sum ? alone(*step.sum) : std::vector<double>{};
    const std::vector<double> sum_and_second = step.sum && !alone_left ? together(*step.sum, step.others[1]) : std::vector<double>{};
    std::vector<double> added(size);
    for (std::size_t a = 0; a * size < first.size(); ++a) {
      double* const base = &first[a * size];
      std::vector<Axis::Place> at;
      if (step.sum) {
        at = places(step, axes_[step.others[0]].points()[a]);
        for (std::size_t i = 0; i < size; ++i) base[i] += at[i].between(sum.data());
      }
      for (std::size_t b = 0; b * size < second.size(); ++b) {
        for (std::size_t i = 0; i < size; ++i) added[i] = base[i] + second[b * size + i];
        for (std::size_t i = 0; i < size && !sum_and_second.empty(); ++i) {
          added[i] += at[i].between(&sum_and_second[b * axes_[*step.sum].size()]);
        }
        message.values.push_back(scale.best(added.data()).value);
      }
    }
    return message;
  }

  /// From the last set to go back to the first, with what came after it as it is.
  Rungs traced() const {
    Rungs at(cost_.sets);
    std::vector<double> length(axes_.size());
    for (auto step = order_.rbegin(); step != order_.rend(); ++step) {
      const std::size_t size = axes_[step->set].size();
      std::vector<double> added = alone(step->set);
      for (const std::size_t other : step->others) {
        const std::vector<double> both = together(step->set, other);
        const Axis::Place there = axes_[other].place(length[other]);
        for (std::size_t i = 0; i < size; ++i) added[i] += there.between(&both[i], size);
      }
      if (step->sum) {
        std::vector<double> sum = alone(*step->sum);
        if (step->others.size() == 2) {
          const std::vector<double> both = together(*step->sum, step->others[1]);
          const Axis::Place there = axes_[step->others[1]].place(length[step->others[1]]);
          for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += there.between(&both[i], sum.size());
        }
        const std::vector<Axis::Place> on_sum = places(*step, length[step->others[0]]);
        for (std::size_t i = 0; i < size; ++i) added[i] += on_sum[i].between(sum.data());
      }
      at[step->set] = scales_[step->set].best(added.data()).rung;
      length[step->set] = scales_[step->set].units(at[step->set]);
      if (step->sum) length[*step->sum] = cost_.sums[*step->sum - cost_.sets].of(length[step->others[0]], length[step->set]);
    }
    return at;
  }

  const Interaction& cost_;
  const std::vector<EliminationStep>& order_;
  double price_;
  std::vector<Scale> scales_;                       ///< by set
  std::vector<Axis> axes_;                          ///< by node
  std::vector<Message> messages_;                   ///< by step
  std::vector<std::vector<std::size_t>> received_;  ///< by node: its messages
};

}  // namespace

Elimination::Elimination(const Instance& instance) : instance_(&instance) {
  for (const Concatenations concatenations : {Concatenations::kSums, Concatenations::kMultiplied}) {
    cost_ = interaction_of(instance, concatenations);
    order_ = elimination_order(cost_);
    if (order_) return;
  }
}

Eliminated Elimination::at(double price, const Grids& grids) const {
  return Run(*instance_, cost_, *order_, grids, price).result();
}

}  // namespace prunec::budget

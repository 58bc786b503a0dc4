// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/elimination_order.h"

#include <algorithm>
#include <set>
#include <utility>

namespace prunec::budget {

namespace {

constexpr std::size_t kMostOthers = 2;

class Ordering {
 public:
  explicit Ordering(const Interaction& cost)
      : cost_(cost), others_(cost.products.size()), sums_with_(others_.size()), rank_(others_.size()) {
    for (std::size_t node = 0; node < others_.size(); ++node) {
      for (const auto& [other, weight] : cost.products[node]) others_[node].insert(other);
    }
    for (std::size_t i = 0; i < cost.sums.size(); ++i) {
      sums_with_[cost.sums[i].rest].insert(cost.sets + i);
      sums_with_[cost.sums[i].set].insert(cost.sets + i);
    }
    for (std::size_t node = 0; node < others_.size(); ++node) look_again(node);
  }

  std::optional<std::vector<EliminationStep>> order() {
    for (std::size_t i = 0; i < cost_.sums.size(); ++i) {
      if (cost_.square[cost_.sets + i] != 0) return std::nullopt;
    }
    std::vector<EliminationStep> steps;
    std::size_t left = others_.size();
    while (!waiting_.empty() && waiting_.begin()->first <= kMostOthers) {
      steps.push_back(eliminated(waiting_.begin()->second));
      left -= steps.back().sum ? 2 : 1;
    }
    if (left > 0) return std::nullopt;
    return steps;
  }

 private:
  bool is_sum(std::size_t node) const { return node >= cost_.sets; }
  const Sum& sum(std::size_t node) const { return cost_.sums[node - cost_.sets]; }

  /// What remains when the node goes, a sum together with its set. None when it cannot go yet.
  std::optional<std::vector<std::size_t>> remaining(std::size_t node) const {
    if (!sums_with_[node].empty()) return std::nullopt;
    if (!is_sum(node)) return std::vector(others_[node].begin(), others_[node].end());
    const auto [rest, set, rest_positions, set_positions] = sum(node);
    if (sums_with_[set].size() != 1 || others_[node].contains(set) || others_[node].contains(rest)) return std::nullopt;
    std::set<std::size_t> both = others_[node];
    both.insert(others_[set].begin(), others_[set].end());
    both.erase(rest);
    std::vector<std::size_t> result{rest};
    result.insert(result.end(), both.begin(), both.end());
    return result;
  }

  void look_again(std::size_t node) {
    if (rank_[node]) waiting_.erase({*rank_[node], node});
    rank_[node].reset();
    if (gone_.contains(node)) return;
    if (const auto others = remaining(node)) waiting_.emplace(*(rank_[node] = others->size()), node);
  }

  EliminationStep eliminated(std::size_t node) {
    EliminationStep step{node, std::nullopt, *remaining(node)};
    std::vector<std::size_t> going{node};
    if (is_sum(node)) {
      step.set = sum(node).set;
      step.sum = node;
      going.push_back(step.set);
      sums_with_[sum(node).rest].erase(node);
      sums_with_[step.set].erase(node);
    }
    gone_.insert(going.begin(), going.end());
    for (const std::size_t other : step.others) {
      for (const std::size_t gone : going) others_[other].erase(gone);
      for (const std::size_t third : step.others) {
        if (third != other) others_[other].insert(third);
      }
    }
    for (const std::size_t gone : going) look_again(gone);
    for (const std::size_t other : step.others) {
      look_again(other);
      for (const std::size_t with : sums_with_[other]) look_again(with);
    }
    return step;
  }

  const Interaction& cost_;
  std::vector<std::set<std::size_t>> others_;
  std::vector<std::set<std::size_t>> sums_with_;           ///< by node: the sums that it is a part of
  std::vector<std::optional<std::size_t>> rank_;           ///< by node: how many remain, if it can go
  std::set<std::pair<std::size_t, std::size_t>> waiting_;  ///< rank and node
  std::set<std::size_t> gone_;
};

}  // namespace

std::optional<std::vector<EliminationStep>> elimination_order(const Interaction& cost) {
  return Ordering(cost).order();
}

}  // namespace prunec::budget

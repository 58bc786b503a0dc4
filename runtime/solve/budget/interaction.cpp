// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/interaction.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace prunec::budget {

namespace {

/// A length as a constant and multiples of nodes.
struct Length {
  Cost constant = 0;
  std::vector<std::pair<std::size_t, Cost>> nodes;
};

/// Adds up entries for the same node.
std::vector<std::pair<std::size_t, Cost>> merged(std::vector<std::pair<std::size_t, Cost>> entries) {
  std::sort(entries.begin(), entries.end());
  std::vector<std::pair<std::size_t, Cost>> result;
  for (const auto& [node, weight] : entries) {
    if (result.empty() || result.back().first != node) result.emplace_back(node, Cost{0});
    result.back().second += weight;
  }
  return result;
}

class Builder {
 public:
  Builder(const Instance& instance, Concatenations concatenations) : instance_(instance), concatenations_(concatenations) {
    made_.sets = instance.ladders.size();
  }

  Interaction build() {
    std::vector<std::pair<Length, Length>> lengths;
    for (const CostLayer& layer : instance_.cost.layers) lengths.emplace_back(length_of(layer.input), length_of(layer.output));
    const std::size_t nodes = made_.sets + made_.sums.size();
    made_.linear.resize(nodes);
    made_.square.resize(nodes);
    made_.products.resize(nodes);
    made_.constant = instance_.cost.constant;
    for (std::size_t l = 0; l < lengths.size(); ++l) add(instance_.cost.layers[l].factor, lengths[l].first, lengths[l].second);
    for (auto& products : made_.products) products = merged(std::move(products));
    return std::move(made_);
  }

 private:
  Length length_of(const Extent& extent) {
    Length length{extent.constant, {}};
    for (const ExtentTerm& term : extent.terms) length.nodes.emplace_back(term.set, term.positions);
    length.nodes = merged(std::move(length.nodes));
    if (concatenations_ == Concatenations::kMultiplied || length.nodes.size() < 2) return length;
    auto [node, positions] = length.nodes[0];
    for (std::size_t i = 1; i < length.nodes.size(); ++i) {
      node = sum_of({node, length.nodes[i].first, positions, length.nodes[i].second});
      positions = 1;
    }
    return {extent.constant, {{node, 1}}};
  }

  std::size_t sum_of(const Sum& sum) {
    const auto [known, is_new] =
        known_.try_emplace(std::tuple(sum.rest, sum.set, sum.rest_positions, sum.set_positions), made_.sets + made_.sums.size());
    if (is_new) made_.sums.push_back(sum);
    return known->second;
  }

  void add(Cost factor, const Length& input, const Length& output) {
    made_.constant += factor * input.constant * output.constant;
    for (const auto& [node, positions] : input.nodes) made_.linear[node] += factor * output.constant * positions;
    for (const auto& [node, positions] : output.nodes) made_.linear[node] += factor * input.constant * positions;
    for (const auto& [a, a_positions] : input.nodes) {
      for (const auto& [b, b_positions] : output.nodes) {
        const Cost weight = factor * a_positions * b_positions;
        if (a == b) {
          made_.square[a] += weight;
        } else if (weight != 0) {
          made_.products[a].emplace_back(b, weight);
          made_.products[b].emplace_back(a, weight);
        }
      }
    }
  }

  const Instance& instance_;
  Concatenations concatenations_;
  Interaction made_;
  std::map<std::tuple<std::size_t, std::size_t, std::int64_t, std::int64_t>, std::size_t> known_;  ///< node of a sum
};

}  // namespace

Interaction interaction_of(const Instance& instance, Concatenations concatenations) {
  return Builder(instance, concatenations).build();
}

}  // namespace prunec::budget

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/interaction.h"

#include <algorithm>

namespace prunec::budget {

namespace {

/// Adds up entries for the same set.
void merge(std::vector<std::pair<std::size_t, Cost>>& products) {
  std::sort(products.begin(), products.end());
  std::vector<std::pair<std::size_t, Cost>> merged;
  for (const auto& [set, weight] : products) {
    if (merged.empty() || merged.back().first != set) merged.emplace_back(set, Cost{0});
    merged.back().second += weight;
  }
  products = std::move(merged);
}

void add_products(Interaction& cost, const CostLayer& layer) {
  for (const ExtentTerm& a : layer.input.terms) {
    for (const ExtentTerm& b : layer.output.terms) {
      const Cost weight = layer.factor * a.positions * b.positions;
      if (a.set == b.set) {
        cost.square[a.set] += weight;
      } else if (weight != 0) {
        cost.products[a.set].emplace_back(b.set, weight);
        cost.products[b.set].emplace_back(a.set, weight);
      }
    }
  }
}

}  // namespace

Interaction interaction_of(const Instance& instance) {
  const std::size_t sets = instance.ladders.size();
  Interaction cost{instance.cost.constant, std::vector<Cost>(sets), std::vector<Cost>(sets), {}};
  cost.products.resize(sets);
  for (const CostLayer& layer : instance.cost.layers) {
    cost.constant += layer.factor * layer.input.constant * layer.output.constant;
    for (const ExtentTerm& term : layer.input.terms) cost.linear[term.set] += layer.factor * layer.output.constant * term.positions;
    for (const ExtentTerm& term : layer.output.terms) cost.linear[term.set] += layer.factor * layer.input.constant * term.positions;
    add_products(cost, layer);
  }
  for (auto& products : cost.products) merge(products);
  return cost;
}

}  // namespace prunec::budget

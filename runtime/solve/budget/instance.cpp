// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/instance.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace prunec::budget {

namespace {

std::vector<std::size_t> execution_order(const std::vector<Choice>& choices) {
  std::vector<std::size_t> order(choices.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return choices[a].order < choices[b].order; });
  return order;
}

void touch_layers(Instance& instance) {
  instance.touches.resize(instance.ladders.size());
  for (std::size_t l = 0; l < instance.cost.layers.size(); ++l) {
    std::map<std::size_t, Touch> touched;
    for (const ExtentTerm& term : instance.cost.layers[l].input.terms) touched[term.set].input += term.positions;
    for (const ExtentTerm& term : instance.cost.layers[l].output.terms) touched[term.set].output += term.positions;
    for (const auto& [set, touch] : touched) instance.touches[set].push_back({l, touch.input, touch.output});
  }
}

void find_neighbours(Instance& instance) {
  std::vector<std::vector<std::size_t>> sets_on(instance.cost.layers.size());
  for (std::size_t s = 0; s < instance.touches.size(); ++s) {
    for (const Touch& touch : instance.touches[s]) sets_on[touch.layer].push_back(s);
  }
  instance.neighbours.resize(instance.touches.size());
  for (std::size_t s = 0; s < instance.touches.size(); ++s) {
    std::vector<std::size_t>& near = instance.neighbours[s];
    for (const Touch& touch : instance.touches[s]) near.insert(near.end(), sets_on[touch.layer].begin(), sets_on[touch.layer].end());
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
  }
}

}  // namespace

Units least_units(const Choice& choice, const InForce& in_force) {
  const auto holds = [&](StatementId statement) { return in_force.empty() || in_force[statement]; };
  const auto width = static_cast<Units>(choice.values.size());
  Units least = 1;
  for (const Floor& floor : choice.floors) {
    if (holds(floor.statement)) least = std::max(least, floor.least);
  }
  const Units step = choice.step_because && !holds(*choice.step_because) ? 1 : choice.step;
  return std::min((least + step - 1) / step * step, width);
}

Ladder ladder_of(const Choice& choice) {
  const auto width = static_cast<Units>(choice.values.size());
  Ladder ladder;
  for (Units units = least_units(choice); units < width; units += choice.step) ladder.units.push_back(units);
  ladder.units.push_back(width);
  double sum = 0;
  Units kept = 0;
  for (const Units units : ladder.units) {
    for (; kept < units; ++kept) sum += choice.values[static_cast<std::size_t>(width - 1 - kept)];
    ladder.values.push_back(sum);
  }
  return ladder;
}

Instance instance_of(const BudgetProblem& problem) {
  Instance instance;
  instance.choice_of = execution_order(problem.choices);
  std::vector<std::size_t> set_of(problem.choices.size());
  for (std::size_t s = 0; s < instance.choice_of.size(); ++s) {
    set_of[instance.choice_of[s]] = s;
    instance.ladders.push_back(ladder_of(problem.choices[instance.choice_of[s]]));
  }
  instance.cost = problem.cost;
  for (CostLayer& layer : instance.cost.layers) {
    for (ExtentTerm& term : layer.input.terms) term.set = set_of[term.set];
    for (ExtentTerm& term : layer.output.terms) term.set = set_of[term.set];
    if (!layer.table) continue;
    layer.table = never_falling(std::move(*layer.table));
    instance.tabled = true;
  }
  touch_layers(instance);
  if (instance.tabled) find_neighbours(instance);
  return instance;
}

}  // namespace prunec::budget

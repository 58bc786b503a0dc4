// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/point.h"

#include <limits>

namespace prunec::budget {

namespace {

std::int64_t length_of(const Extent& extent, const Instance& instance, const Rungs& rungs) {
  std::int64_t length = extent.constant;
  for (const ExtentTerm& term : extent.terms) length += term.positions * instance.ladders[term.set].units[rungs[term.set]];
  return length;
}

}  // namespace

Point::Point(const Instance& instance) : Point(instance, Rungs(instance.ladders.size(), 0)) {}

Point::Point(const Instance& instance, Rungs rungs) : instance_(&instance), rungs_(std::move(rungs)), cost_(instance.cost.constant) {
  for (const CostLayer& layer : instance.cost.layers) {
    inputs_.push_back(length_of(layer.input, instance, rungs_));
    outputs_.push_back(length_of(layer.output, instance, rungs_));
    cost_ += layer_cost(layer, inputs_.back(), outputs_.back());
  }
}

double Point::value() const {
  double sum = 0;
  for (std::size_t s = 0; s < rungs_.size(); ++s) sum += instance_->ladders[s].values[rungs_[s]];
  return sum;
}

Cost Point::difference(std::size_t set, std::size_t from, std::size_t to) const {
  const std::vector<Units>& units = instance_->ladders[set].units;
  const Units before = units[from] - units[rungs_[set]];
  const Units after = units[to] - units[rungs_[set]];
  Cost sum = 0;
  for (const Touch& touch : instance_->touches[set]) {
    const CostLayer& layer = instance_->cost.layers[touch.layer];
    const std::int64_t input = inputs_[touch.layer];
    const std::int64_t output = outputs_[touch.layer];
    sum += layer_cost(layer, input + touch.input * after, output + touch.output * after) -
           layer_cost(layer, input + touch.input * before, output + touch.output * before);
  }
  return sum;
}

double Point::value_difference(std::size_t set, std::size_t from, std::size_t to) const {
  return instance_->ladders[set].values[to] - instance_->ladders[set].values[from];
}

void Point::move(std::size_t set, std::size_t rung) {
  cost_ += difference(set, rungs_[set], rung);
  const Units change = instance_->ladders[set].units[rung] - instance_->ladders[set].units[rungs_[set]];
  for (const Touch& touch : instance_->touches[set]) {
    inputs_[touch.layer] += touch.input * change;
    outputs_[touch.layer] += touch.output * change;
  }
  rungs_[set] = rung;
}

double density(double value, Cost cost) {
  return cost > 0 ? value / static_cast<double>(cost) : std::numeric_limits<double>::infinity();
}

}  // namespace prunec::budget

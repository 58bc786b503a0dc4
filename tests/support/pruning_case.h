// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Random networks as graphs alone, with random plans and scores, for tests of the whole way from a plan to what is kept.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/solve/budget/network_cost.h"
#include "runtime/trace/channel_graph.h"

namespace prunec::test {

struct PruningCase {
  ChannelGraph graph;
  ConstraintPlan plan;  ///< without an amount
  ParameterShapes shapes;
  std::map<std::string, std::vector<double>> gammas;  ///< by norm, by position
};

enum class ScoreDraw {
  kDistinct,  ///< multiples of a power of two, so that sums of them are exact
  kOften,     ///< small whole numbers: many are equal, many zero
};

/// Streams of several norms held together by sums, convolutions between them, some in groups, a norm that reads a concatenation; plans
/// with every kind of statement: ties under every policy with carried members or ties from the graph, skips, `divisible`, bounds,
/// `groups`, pools.
PruningCase random_case(unsigned seed, ScoreDraw draw);

/// The same with everything listed in another order: channels under other numbers, couplings, axes, layers, sites and statements. The order
/// of execution stays.
PruningCase shuffled(const PruningCase& original, unsigned seed);

/// Numbers below an end, the same on every platform.
class Dice {
 public:
  explicit Dice(unsigned seed) : state_(seed * 2654435761ULL + 88172645463325252ULL) {}
  std::size_t below(std::size_t end);
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace prunec::test

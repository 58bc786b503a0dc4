// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// How long a budget takes to solve, by the number of coupled sets and of channels: preparing the problem once, and then each budget.

#include <benchmark/benchmark.h>
#include <cstddef>
#include <utility>
#include <variant>

#include "runtime/solve/budget/optimise.h"
#include "tests/support/budget_instances.h"

namespace prunec {
namespace {

BudgetProblem problem_of(const benchmark::State& state) {
  return test::chain(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)), {});
}

void prepare(benchmark::State& state) {
  const BudgetProblem problem = problem_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(BudgetOptimiser(problem));
  state.SetComplexityN(state.range(1));
}

void solve(benchmark::State& state) {
  const BudgetOptimiser optimiser(problem_of(state));
  const Cost budget = optimiser.full_cost() / 1000 * 437;
  double gap = 0;
  for (auto _ : state) gap = std::get<WidthSolution>(optimiser.solve(budget)).gap().value();
  state.counters["gap_percent"] = 100 * gap;
  state.SetComplexityN(state.range(1));
}

/// {sets, channels}
void sizes(benchmark::internal::Benchmark* benchmark) {
  for (const auto& [sets, channels] :
       {std::pair{10, 1000}, {10, 10'000}, {100, 10'000}, {100, 100'000}, {1000, 100'000}, {1000, 1'000'000}, {10'000, 1'000'000}}) {
    benchmark->Args({sets, channels});
  }
  benchmark->Unit(benchmark::kMillisecond)->ArgNames({"sets", "channels"})->Complexity();
}

BENCHMARK(prepare)->Apply(sizes);
BENCHMARK(solve)->Apply(sizes);

}  // namespace
}  // namespace prunec

BENCHMARK_MAIN();

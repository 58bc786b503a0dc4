// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// Prints, as Markdown, how far the solver's choices can be from the best: the gap to the bound on networks of practice.

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/solve/budget/optimise.h"
#include "tests/support/budget_instances.h"

namespace {

using prunec::BudgetOptimiser;
using prunec::BudgetProblem;
using prunec::Cost;
using prunec::test::Counted;
using prunec::test::Drawn;
using prunec::test::Spread;

constexpr int kBudgets[] = {90, 70, 50, 30};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void row(const std::string& name, const std::string& what, const BudgetProblem& problem) {
  const auto start = std::chrono::steady_clock::now();
  const BudgetOptimiser optimiser(problem);
  const double prepared = seconds_since(start);
  std::printf("| %s | %s |", name.c_str(), what.c_str());
  const auto solving = std::chrono::steady_clock::now();
  for (const int percent : kBudgets) {
    const auto result = optimiser.solve(optimiser.full_cost() * percent / 100);
    if (const auto* solution = std::get_if<prunec::WidthSolution>(&result)) {
      std::printf(" %.3f%% |", 100 * solution->gap().value_or(1));
    } else {
      std::printf(" out of reach |");
    }
  }
  std::printf(" %.2f s | %.3f s |\n", prepared, seconds_since(solving) / 4);
}

}  // namespace

int main() {
  std::puts(
      "| network | cost, scores, step | 90% | 70% | 50% | 30% | prepare | a budget |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
  const std::vector<std::pair<std::string, std::function<BudgetProblem(const Drawn&)>>> networks{
      {"resnet18", prunec::test::resnet18},
      {"resnet50", prunec::test::resnet50},
      {"mobilenet_v2", prunec::test::mobilenet_v2},
      {"densenet121", prunec::test::densenet121},
      {"vgg16", prunec::test::vgg16}};
  for (const auto& [name, network] : networks) {
    row(name, "MACs, half normal, 1", network({Spread::kHalfNormal, Counted::kMacs, 1, 1}));
    row(name, "MACs, half normal, 32", network({Spread::kHalfNormal, Counted::kMacs, 1, 32}));
    row(name, "MACs, sparse, 1", network({Spread::kSparse, Counted::kMacs, 2, 1}));
    row(name, "MACs, sparse, 8", network({Spread::kSparse, Counted::kMacs, 2, 8}));
    row(name, "MACs, uniform, 1", network({Spread::kUniform, Counted::kMacs, 3, 1}));
    row(name, "parameters, half normal, 1", network({Spread::kHalfNormal, Counted::kParams, 4, 1}));
    row(name, "channels, half normal, 1", network({Spread::kHalfNormal, Counted::kChannels, 5, 1}));
  }
}

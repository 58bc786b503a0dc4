// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// budget_problem NETWORK COST SPREAD SEED STEP: writes that budget problem as JSON, with the solver's answers at 90, 70, 50 and 30 percent.
//   NETWORK  resnet18, resnet50, mobilenet_v2, densenet121, vgg16, or chain:SETS:CHANNELS
//   COST     macs, params, channels      SPREAD  half-normal, sparse, uniform

#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "runtime/solve/budget/instance.h"
#include "runtime/solve/budget/optimise.h"
#include "tests/support/budget_instances.h"

namespace {

using nlohmann::json;
using prunec::BudgetProblem;
using prunec::test::Drawn;

BudgetProblem network(const std::string& name, const Drawn& drawn) {
  if (name.starts_with("chain:")) {
    const std::size_t colon = name.find(':', 6);
    return prunec::test::chain(std::stoul(name.substr(6)), std::stoul(name.substr(colon + 1)), drawn);
  }
  const std::map<std::string, BudgetProblem (*)(const Drawn&)> networks{{"resnet18", prunec::test::resnet18},
                                                                        {"resnet50", prunec::test::resnet50},
                                                                        {"mobilenet_v2", prunec::test::mobilenet_v2},
                                                                        {"densenet121", prunec::test::densenet121},
                                                                        {"vgg16", prunec::test::vgg16}};
  return networks.at(name)(drawn);
}

json extent_json(const prunec::Extent& extent) {
  json terms = json::array();
  for (const prunec::ExtentTerm& term : extent.terms) terms.push_back({term.set, term.positions});
  return {{"constant", extent.constant}, {"terms", terms}};
}

json answer_json(const prunec::BudgetOptimiser& optimiser, prunec::Cost percent) {
  const prunec::Cost budget = optimiser.full_cost() * percent / 100;
  const auto result = optimiser.solve(budget);
  const auto* solution = std::get_if<prunec::WidthSolution>(&result);
  if (!solution) return {{"percent", percent}, {"budget", budget}};
  return {{"percent", percent}, {"budget", budget}, {"kept", solution->kept}, {"value", solution->value}, {"bound", *solution->bound}};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) return EXIT_FAILURE;
  using prunec::test::Counted;
  using prunec::test::Spread;
  const std::map<std::string, Counted> costs{{"macs", Counted::kMacs}, {"params", Counted::kParams}, {"channels", Counted::kChannels}};
  const std::map<std::string, Spread> spreads{
      {"half-normal", Spread::kHalfNormal}, {"sparse", Spread::kSparse}, {"uniform", Spread::kUniform}};
  const Drawn drawn{spreads.at(arguments[3]), costs.at(arguments[2]), std::stoull(arguments[4]), std::stoll(arguments[5])};
  const BudgetProblem problem = network(arguments[1], drawn);
  json sets = json::array();
  for (const prunec::Choice& choice : problem.choices) {
    const prunec::budget::Ladder ladder = prunec::budget::ladder_of(choice);
    sets.push_back({{"units", ladder.units}, {"values", ladder.values}});
  }
  json layers = json::array();
  for (const prunec::CostLayer& layer : problem.cost.layers) {
    layers.push_back({{"input", extent_json(layer.input)}, {"output", extent_json(layer.output)}, {"factor", layer.factor}});
  }
  json answers = json::array();
  const prunec::BudgetOptimiser optimiser(problem);
  for (const prunec::Cost percent : {90, 70, 50, 30}) answers.push_back(answer_json(optimiser, percent));
  std::cout << json{{"sets", sets}, {"layers", layers}, {"answers", answers}} << "\n";
}

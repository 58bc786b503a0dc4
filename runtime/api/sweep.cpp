// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/sweep.h"

#include <ATen/core/Tensor.h>
#include <map>
#include <utility>

#include "runtime/api/network_cost.h"
#include "runtime/api/observe.h"
#include "runtime/bind/bind.h"
#include "runtime/solve/budget_solver.h"
#include "runtime/solve/device.h"

namespace prunec {

namespace {

/// What is counted at every point, whichever of it the budget is of.
struct Costs {
  CostModel channels, parameters, macs;
  std::optional<CostModel> latency;
};

Outcome<Costs> costs_of(const ObservedModel& observed, const BoundPlan& bound, const ApplyRequest& request) {
  const LatencyTable* table = request.latency ? &*request.latency : nullptr;
  const auto cost = [&](Resource resource) {
    return cost_of(observed.model, observed.graph, bound, resource, table, request.latency_path);
  };
  Costs costs{*cost(Resource::kChannels), *cost(Resource::kParams), *cost(Resource::kMacs), {}};
  if (table == nullptr) return costs;
  auto latency = cost(Resource::kLatency);
  if (!latency) return std::move(latency.diagnostics);
  for (CostLayer& layer : latency->layers) layer.table = never_falling(std::move(*layer.table));
  costs.latency = std::move(*latency);
  return costs;
}

Usage usage_of(const Costs& costs, const std::vector<Units>& kept) {
  Usage usage{cost_of(costs.channels, kept), cost_of(costs.parameters, kept), cost_of(costs.macs, kept), {}};
  if (costs.latency) usage.picoseconds = cost_of(*costs.latency, kept);
  return usage;
}

/// The widths of the norms on which channels of the sets lie, in execution order.
std::map<std::size_t, std::int64_t> widths_of(const BoundPlan& bound, const std::vector<Units>& kept) {
  std::map<std::size_t, std::int64_t> widths;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    for (const SetMember& member : bound.sets[s].members)
      widths[member.norm] += kept[s] * static_cast<std::int64_t>(bound.sets[s].cell_count * member.per_channel);
  }
  return widths;
}

std::vector<std::int64_t> values_of(const std::map<std::size_t, std::int64_t>& widths) {
  std::vector<std::int64_t> values;
  for (const auto& [norm, width] : widths) values.push_back(width);
  return values;
}

}  // namespace

Outcome<Sweep> run_sweep(const SweepRequest& request) {
  const ApplyRequest& pruning = request.pruning;
  const auto step = [&](const char* doing) {
    if (pruning.on_step) pruning.on_step(doing);
  };
  step("tracing the model");
  const auto observed = observe(pruning.model, pruning.input);
  if (!observed) return observed.diagnostics;
  step("binding the rules");
  auto bound = bind_plan(pruning.plan, observed->graph, observed->model.modules());
  if (!bound) return std::move(bound.diagnostics);
  const auto device = choose_device(pruning.device);
  if (!device) return device.diagnostics;
  const auto scores = measure(*bound, observed->graph, observed->model, *device);
  if (!scores) return scores.diagnostics;
  const auto costs = costs_of(*observed, *bound, pruning);
  if (!costs) return costs.diagnostics;

  const Resource resource = request.budgets.front().resource;
  auto counted =
      cost_of(observed->model, observed->graph, *bound, resource, pruning.latency ? &*pruning.latency : nullptr, pruning.latency_path);
  if (!counted) return std::move(counted.diagnostics);
  step("solving the budgets");
  const BudgetSolver solver(*bound, observed->graph, *scores, std::move(*counted));

  std::vector<Units> whole;
  for (const CoupledSet& set : bound->sets) whole.push_back(static_cast<Units>(set.width / set.cell_count));
  Sweep sweep;
  sweep.model_path = pruning.model;
  sweep.model_sha256 = observed->sha256;
  sweep.architecture = pruning.plan.architecture;
  sweep.strategy = pruning.plan.strategy;
  sweep.resource = to_string(resource);
  sweep.device = device->str();
  sweep.input = observed->input;
  sweep.before = usage_of(*costs, whole);
  for (const auto& [norm, width] : widths_of(*bound, whole)) {
    sweep.layers.push_back(observed->graph.norms[norm].path);
    sweep.widths.push_back(width);
  }
  Diagnostics diagnostics = std::move(bound.diagnostics);
  for (const Budget& budget : request.budgets) {
    auto solved = solver.solve(budget);
    append(diagnostics, std::move(solved.diagnostics));
    if (!solved.value) continue;
    const double used = static_cast<double>(solved->after) / static_cast<double>(solved->before);
    sweep.points.push_back({budget.fraction, used, solved->kept_score, solved->gap, usage_of(*costs, solved->kept),
                            values_of(widths_of(*bound, solved->kept))});
  }
  if (has_error(diagnostics)) return diagnostics;
  return {std::move(sweep), std::move(diagnostics)};
}

}  // namespace prunec

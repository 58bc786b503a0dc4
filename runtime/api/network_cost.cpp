// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/network_cost.h"

#include <ATen/core/Tensor.h>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/solve/budget/network_cost.h"

namespace prunec {

namespace {

std::vector<std::int64_t> shape_of(const at::Tensor& tensor) {
  return {tensor.sizes().begin(), tensor.sizes().end()};
}

/// One key for each parameter: of those that share a tensor, one that the graph knows.
std::vector<std::string> distinct_parameters(const Model& model, const ChannelGraph& graph) {
  std::set<std::string> known;
  for (const ParameterAxis& axis : graph.axes) known.insert(axis.tensor);
  std::unordered_map<const void*, std::size_t> place;
  std::vector<std::string> keys;
  for (const std::string& key : model.parameters()) {
    const auto [entry, is_new] = place.try_emplace(model.tensor(key).unsafeGetTensorImpl(), keys.size());
    if (is_new) {
      keys.push_back(key);
    } else if (known.contains(key)) {
      keys[entry->second] = key;
    }
  }
  return keys;
}

Diagnostic no_table() {
  Diagnostic missing{Code::kP0802, "a budget of latency needs a table of measured times"};
  missing.help = "measure once with `prunec bench MODEL --table FILE`, then give it with `--latency-table FILE`";
  return missing;
}

}  // namespace

Outcome<CostModel> cost_of(const Model& model, const ChannelGraph& graph, const BoundPlan& bound, Resource resource,
                           const LatencyTable* latency, const std::string& latency_path) {
  ParameterShapes shapes;
  const auto add = [&](const std::string& key) {
    if (const at::Tensor tensor = model.tensor(key); tensor.defined()) shapes[key] = shape_of(tensor);
  };
  const std::vector<std::string> parameters = distinct_parameters(model, graph);
  for (const std::string& key : parameters) add(key);
  for (const LayerCost& cost : graph.costs) add(cost.weight);
  const NetworkCost network(graph, bound, shapes);
  switch (resource) {
    case Resource::kChannels:
      return network.channels();
    case Resource::kParams:
      return network.parameters(parameters);
    case Resource::kMacs:
      return network.macs(graph.costs);
    case Resource::kLatency:
      break;
  }
  if (latency == nullptr) return no_table();
  return network.latency(*latency, latency_path);
}

}  // namespace prunec

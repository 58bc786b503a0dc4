// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/inspect.h"

#include <ATen/ATen.h>
#include <tuple>
#include <unordered_set>

#include "runtime/api/observe.h"
#include "runtime/inspect/coupling.h"
#include "runtime/inspect/layers.h"
#include "runtime/trace/propagate.h"

namespace prunec {

namespace {

std::vector<double> magnitudes(const at::Tensor& scale) {
  const at::Tensor values = scale.detach().abs().to(at::kDouble).flatten().contiguous();
  const auto* data = values.const_data_ptr<double>();
  return {data, data + values.numel()};
}

}  // namespace

Outcome<Inspection> run_inspect(const InspectRequest& request) {
  auto observed = observe(request.model, request.input);
  if (!observed) return std::move(observed.diagnostics);
  const Model& model = observed->model;
  const std::vector<std::string> parameters = model.parameters();

  Inspection inspection;
  inspection.facts = {request.model,   observed->sha256, std::string(model.format()),
                      observed->input, model.modules(),  std::move(observed->graph)};
  const ChannelGraph& graph = inspection.facts.graph;
  inspection.layers = layers_of(observed->trace, graph, {parameters.begin(), parameters.end()});
  for (const NormSite& norm : graph.norms) {
    if (norm.has_scale()) inspection.norms.push_back(spread_of(norm.path, magnitudes(model.tensor(norm.scale))));
  }
  inspection.sets = set_rows(graph);
  inspection.pins = pin_rows(graph);
  inspection.unknown = unknown_operations(observed->trace, graph, has_rule);
  inspection.parameters = model.parameter_count();
  inspection.macs = macs_of(graph, model);
  std::tie(inspection.norm_channels, inspection.removable_channels) = channels_and_removable(graph);
  return inspection;
}

}  // namespace prunec

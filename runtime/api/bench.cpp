// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/bench.h"

#include "runtime/api/observe.h"
#include "runtime/measure/measure.h"
#include "runtime/solve/device.h"

namespace prunec {

Outcome<LatencyTable> run_bench(const BenchRequest& request) {
  const auto device = choose_device(request.device);
  if (!device) return device.diagnostics;
  if (request.on_step) request.on_step("tracing the model");
  const auto observed = observe(request.model, request.input);
  if (!observed) return observed.diagnostics;
  LatencyTable latency{request.model, observed->sha256, device_name(*device), observed->input, {}};
  const auto on_layer = [&](const std::string& weight) {
    if (request.on_step) request.on_step("measuring " + weight);
  };
  latency.layers = measure_layers(observed->trace, observed->graph, *device, observed->model.input_type(), on_layer);
  return latency;
}

}  // namespace prunec

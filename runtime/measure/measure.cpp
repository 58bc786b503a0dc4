// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/measure/measure.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <utility>

#include "runtime/measure/layer_run.h"

namespace prunec {

namespace {

constexpr double kBatchSeconds = 2e-3;  // long enough for the clock, short enough for many widths
constexpr int kBatches = 5;
constexpr std::int64_t kEighths[] = {1, 2, 4, 6, 8};

void wait_for(c10::Device device) {
  if (device.is_cuda()) at::detail::getCUDAHooks().deviceSynchronize(device.index());
}

double seconds_of(const LayerRun& layer, const LayerTensors& tensors, int runs, c10::Device device) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < runs; ++i) run_layer(layer, tensors);
  wait_for(device);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / runs;
}

/// The fastest of some batches: what else goes on in the machine only ever adds time.
Cost picoseconds(const LayerRun& layer, std::int64_t axis0, std::int64_t axis1, c10::Device device, c10::ScalarType type) {
  const LayerTensors tensors = tensors_for(layer, axis0, axis1, at::TensorOptions(device).dtype(type));
  seconds_of(layer, tensors, 1, device);  // the first run sets things up
  const double once = seconds_of(layer, tensors, 1, device);
  const int runs = std::clamp(static_cast<int>(kBatchSeconds / std::max(once, 1e-9)), 1, 1000);
  double fastest = once;
  for (int i = 0; i < kBatches; ++i) fastest = std::min(fastest, seconds_of(layer, tensors, runs, device));
  return std::max<Cost>(1, std::llround(fastest * 1e12));
}

std::vector<std::int64_t> lengths_of(std::int64_t length, std::int64_t multiple, bool varies) {
  if (!varies) return {length};
  std::set<std::int64_t> lengths;
  for (const std::int64_t eighths : kEighths) {
    const std::int64_t wanted = (length * eighths + 7) / 8;
    lengths.insert(std::min(length, (wanted + multiple - 1) / multiple * multiple));
  }
  return {lengths.begin(), lengths.end()};
}

/// Which axes of which weights channels lie on.
std::set<std::pair<std::string, std::int64_t>> axes_with_channels(const ChannelGraph& graph) {
  std::set<std::pair<std::string, std::int64_t>> axes;
  for (const ParameterAxis& axis : graph.axes) {
    if (std::any_of(axis.ids.begin(), axis.ids.end(), [](ChannelId id) { return id != kNoChannel; })) axes.insert({axis.tensor, axis.axis});
  }
  for (const GroupedConvolution& layer : graph.grouped) axes.insert({layer.weight, 1});
  return axes;
}

CostTable table_of(const LayerRun& layer, bool axis0_varies, bool axis1_varies, c10::Device device, c10::ScalarType type) {
  // A depthwise layer's groups go with its channels; other groups stay, so axis 0, which spans them all, keeps a multiple of them.
  const std::int64_t multiple = layer.depthwise() ? (layer.transposed ? 1 : layer.weight[0] / layer.groups) : layer.groups;
  CostTable table;
  table.outputs = lengths_of(layer.weight[0], multiple, axis0_varies);
  table.inputs = lengths_of(layer.weight[1], 1, axis1_varies && !layer.depthwise());
  for (const std::int64_t input : table.inputs) {
    for (const std::int64_t output : table.outputs) table.costs.push_back(picoseconds(layer, output, input, device, type));
  }
  return table;
}

}  // namespace

std::vector<LayerLatency> measure_layers(const OpTrace& trace, const ChannelGraph& graph, c10::Device device, c10::ScalarType type,
                                         const std::function<void(const std::string&)>& on_layer) {
  const c10::InferenceMode inference;
  const auto axes = axes_with_channels(graph);
  struct Measured {
    LayerRun layer;
    bool axis0 = false, axis1 = false;
    CostTable table;
  };
  std::vector<Measured> measured;
  std::vector<LayerLatency> latencies;
  for (const Operation& operation : trace.operations) {
    auto layer = layer_run(operation, trace);
    if (!layer) continue;
    const std::string& weight = trace.values[*operation.tensor("weight")].name;
    const bool axis0 = axes.contains({weight, 0});
    const bool axis1 = axes.contains({weight, 1});
    auto same = std::find_if(measured.begin(), measured.end(), [&](const Measured& before) {
      return before.layer == *layer && before.axis0 == axis0 && before.axis1 == axis1;
    });
    if (same == measured.end()) {
      if (on_layer) on_layer(weight);
      CostTable table = table_of(*layer, axis0, axis1, device, type);
      same = measured.insert(measured.end(), {std::move(*layer), axis0, axis1, std::move(table)});
    }
    latencies.push_back({weight, same->table});
  }
  return latencies;
}

std::string device_name(c10::Device device) {
  return device.is_cpu() ? "cpu, " + std::to_string(at::get_num_threads()) + " threads" : device.str();
}

}  // namespace prunec

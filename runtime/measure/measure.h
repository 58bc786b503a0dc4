// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Runs single layers at several widths and takes the time.
#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>
#include <functional>
#include <string>
#include <vector>

#include "runtime/latency/latency.h"
#include "runtime/model/op_trace.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Measures each convolution and linear layer of the trace, on random numbers of the traced input's shape: at the full length of each axis
/// of its weight, and where channels lie on the axis also at an eighth, a quarter, a half and three quarters of it, rounded to whole
/// groups. Layers of the same kind and shape are measured once.
///   type: of the model's parameters
///   on_layer: told the weight of each layer before it is measured; may be empty
std::vector<LayerLatency> measure_layers(const OpTrace& trace, const ChannelGraph& graph, c10::Device device, c10::ScalarType type,
                                         const std::function<void(const std::string&)>& on_layer);

/// "cpu, 2 threads" or "cuda:0".
std::string device_name(c10::Device device);

}  // namespace prunec

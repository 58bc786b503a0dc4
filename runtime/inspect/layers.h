// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/inspect/inspection.h"
#include "runtime/model/op_trace.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The modules whose tensors the run used, in the order of their first use.
///   parameters: state_dict keys of the parameters; every other named tensor of the trace is a buffer
std::vector<LayerRow> layers_of(const OpTrace& trace, const ChannelGraph& graph, const std::unordered_set<std::string>& parameters);

/// |gamma| in order of size at five places, each the value of its rank without interpolation.
NormScales spread_of(const std::string& path, std::vector<double> magnitudes);

}  // namespace prunec

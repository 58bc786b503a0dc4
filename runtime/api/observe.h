// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/model/model.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The bytes of a model file. Error: P0854.
Outcome<std::string> read_model_file(const std::string& path);

/// A model, read and run once.
struct ObservedModel {
  std::string sha256;  ///< of the file
  Model model;
  std::vector<std::int64_t> input;  ///< the shape that it was run on
  OpTrace trace;
  ChannelGraph graph;
};

/// Reads the file, runs the model once and follows its channels.
///   input: shape of one input; empty: the one that image models usually take
/// Errors: P0854, P0501 to P0504.
Outcome<ObservedModel> observe(const std::string& path, const std::vector<std::int64_t>& input);

/// Multiply-accumulate operations for one input.
std::int64_t macs_of(const ChannelGraph& graph, const Model& model);

}  // namespace prunec

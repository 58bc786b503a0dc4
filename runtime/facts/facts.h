// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What rules can be held against without the model: its channels, its norms and its module paths. Plain data; `facts_json.h` saves it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/trace/channel_graph.h"

namespace prunec {

struct ModelFacts {
  std::string model_path, model_sha256, model_format;
  std::vector<std::int64_t> input;   ///< shape of the input that the graph was read off
  std::vector<std::string> modules;  ///< the paths of all modules, the model's own (empty) first
  ChannelGraph graph;

  friend bool operator==(const ModelFacts&, const ModelFacts&) = default;
};

}  // namespace prunec

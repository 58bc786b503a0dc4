// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What there is to see of a model before any rule: its layers, what couples its channels, what pins them. Plain data; `json.h` writes it
/// in the published format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/facts/facts.h"

namespace prunec {

/// A module that owns tensors which the model's run used.
struct LayerRow {
  std::string path;         ///< module path
  std::string kind;         ///< "conv2d", "depthwise conv2d", "linear", "batch_norm", ...
  std::int64_t inputs = 0;  ///< channels that it reads; 0: the kind has none
  std::int64_t outputs = 0;
  std::int64_t parameters = 0;  ///< elements, buffers not among them
  std::int64_t macs = 0;        ///< multiply-accumulates for one input

  friend bool operator==(const LayerRow&, const LayerRow&) = default;
};

/// How a norm's |gamma| are spread.
struct NormScales {
  std::string path;
  std::size_t width = 0;
  std::array<double, 5> quantiles{};  ///< least, quarter, median, three quarters, largest of the finite ones
  std::size_t not_finite = 0;

  friend bool operator==(const NormScales&, const NormScales&) = default;
};

/// Why channels of a set are the same, and how many of them this holds together.
struct UnionReason {
  std::string text;   ///< "added by `aten::add_`"
  std::string layer;  ///< where; empty: in the model's own forward
  std::size_t channels = 0;

  friend bool operator==(const UnionReason&, const UnionReason&) = default;
};

/// Channels that lie in the same norms: each stays in all of them or goes from all.
struct SetRow {
  std::size_t width = 0;
  std::vector<std::string> norms;    ///< in execution order
  std::vector<std::string> makers;   ///< layers that make these channels
  std::vector<UnionReason> reasons;  ///< in execution order
  std::string pinned;                ///< a clause: why the set cannot lose a channel; empty: it can
  std::string pinned_at;             ///< the layer that pins it

  friend bool operator==(const SetRow&, const SetRow&) = default;
};

struct PinRow {
  std::string reason;  ///< a clause: "reaches the model's output"
  std::string layer;
  std::size_t channels = 0;  ///< that it pins, coupled ones counted once

  friend bool operator==(const PinRow&, const PinRow&) = default;
};

/// An operation that prunec has no rule for. What reaches it is pinned.
struct UnknownOperation {
  std::string name;          ///< "aten::grid_sampler"
  std::size_t count = 0;     ///< how often the run executed it
  std::size_t channels = 0;  ///< that it pins, coupled ones counted once

  friend bool operator==(const UnknownOperation&, const UnknownOperation&) = default;
};

struct Inspection {
  ModelFacts facts;
  std::vector<LayerRow> layers;  ///< in execution order
  std::vector<NormScales> norms;
  std::vector<SetRow> sets;
  std::vector<PinRow> pins;
  std::vector<UnknownOperation> unknown;
  std::int64_t parameters = 0;
  std::int64_t macs = 0;
  std::size_t norm_channels = 0;       ///< of all norms, summed
  std::size_t removable_channels = 0;  ///< of these, how many could go at most: unpinned ones, but for one of each set
};

}  // namespace prunec

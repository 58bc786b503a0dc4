// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/model/model.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// What each channel of a norm is worth.
class LayerScores {
 public:
  /// The model and the score must outlive this.
  LayerScores(const ChannelGraph& graph, const Model& model, const Score& score);

  /// float64 [width of the norm], on the CPU, one entry per position; NaN where no layer of the model makes the channel (then only
  /// for scores of weights).
  at::Tensor of(const NormSite& norm);

 private:
  at::Tensor weights_of(const NormSite& norm) const;
  at::Tensor filter_norms(const ParameterAxis& axis) const;

  const Model& model_;
  const Score& score_;
  at::Tensor filters_;                   ///< float64: the norms of all filters that make channels, and NaN at the end
  std::vector<std::int64_t> filter_of_;  ///< by channel id: index into them
};

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>
#include <map>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/model/model.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// What each channel of a norm is worth.
class LayerScores {
 public:
  /// All three must outlive this.
  LayerScores(const ChannelGraph& graph, const Model& model, const Score& score);

  /// float64 [width of the norm], on the CPU, one entry per position; NaN where no layer of the model makes the channel (then only
  /// for scores of weights).
  at::Tensor of(const NormSite& norm);

 private:
  /// A row of the weight that makes a channel.
  struct Filter {
    std::size_t axis = 0;  ///< index into ChannelGraph::axes
    std::size_t row = 0;
  };

  at::Tensor weights_of(const NormSite& norm);
  const at::Tensor& filter_norms(std::size_t axis);

  const ChannelGraph& graph_;
  const Model& model_;
  const Score& score_;
  std::vector<Filter> filters_;                 ///< by channel id
  std::map<std::size_t, at::Tensor> norms_of_;  ///< by axis
};

}  // namespace prunec

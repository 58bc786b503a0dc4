// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/layer_scores.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <limits>

namespace prunec {

LayerScores::LayerScores(const ChannelGraph& graph, const Model& model, const Score& score) : model_(model), score_(score) {
  if (score.kind == ScoreKind::kGamma) return;
  constexpr std::int64_t kNobody = -1;
  filter_of_.assign(graph.channel_count, kNobody);
  std::vector<at::Tensor> norms;
  std::int64_t count = 0;
  // A channel lies first on the axis of the layer that makes it, and then on those that scale or read it.
  for (const ParameterAxis& axis : graph.axes) {
    bool makes = false;
    for (std::size_t row = 0; row < axis.ids.size(); ++row) {
      if (axis.ids[row] == kNoChannel || filter_of_[axis.ids[row]] != kNobody) continue;
      filter_of_[axis.ids[row]] = count + static_cast<std::int64_t>(row);
      makes = true;
    }
    if (!makes) continue;
    norms.push_back(filter_norms(axis));
    count += norms.back().numel();
  }
  norms.push_back(at::full({1}, std::numeric_limits<double>::quiet_NaN(), at::kDouble));
  filters_ = at::cat(norms);
  std::replace(filter_of_.begin(), filter_of_.end(), kNobody, count);
}

at::Tensor LayerScores::of(const NormSite& norm) {
  const at::Tensor scores =
      score_.kind == ScoreKind::kGamma ? model_.tensor(norm.scale).detach().to(at::kCPU, at::kDouble).abs() : weights_of(norm);
  at::Tensor largest;
  switch (score_.normalised_by) {
    case Normalisation::kNone:
      return scores;
    case Normalisation::kMax:
      largest = scores.max();
      break;
    case Normalisation::kMean:
      largest = scores.mean();
      break;
    case Normalisation::kL2:
      largest = scores.norm();
      break;
  }
  return largest.item<double>() > 0 ? scores / largest : scores;
}

at::Tensor LayerScores::filter_norms(const ParameterAxis& axis) const {
  const at::Tensor rows = model_.tensor(axis.tensor).detach().to(at::kCPU, at::kDouble).transpose(0, axis.axis);
  return rows.reshape({rows.size(0), -1}).norm(score_.kind == ScoreKind::kWeightL1 ? 1 : 2, {1});
}

at::Tensor LayerScores::weights_of(const NormSite& norm) const {
  std::vector<std::int64_t> filters;
  for (const ChannelId id : norm.ids) filters.push_back(id == kNoChannel ? filters_.numel() - 1 : filter_of_[id]);
  return filters_.index_select(0, at::tensor(filters, at::kLong));
}

}  // namespace prunec

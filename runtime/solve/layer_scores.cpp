// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/layer_scores.h"

#include <ATen/ATen.h>
#include <limits>
#include <unordered_set>

namespace prunec {

LayerScores::LayerScores(const ChannelGraph& graph, const Model& model, const Score& score) : graph_(graph), model_(model), score_(score) {
  if (score.kind == ScoreKind::kGamma) return;
  // A channel lies first on the axis of the layer that makes it, and then on those that scale or read it.
  filters_.assign(graph.channel_count, {graph.axes.size(), 0});
  for (std::size_t axis = 0; axis < graph.axes.size(); ++axis) {
    const auto& ids = graph.axes[axis].ids;
    for (std::size_t row = 0; row < ids.size(); ++row) {
      if (ids[row] != kNoChannel && filters_[ids[row]].axis == graph.axes.size()) filters_[ids[row]] = {axis, row};
    }
  }
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

const at::Tensor& LayerScores::filter_norms(std::size_t axis) {
  at::Tensor& norms = norms_of_[axis];
  if (!norms.defined()) {
    const ParameterAxis& at = graph_.axes[axis];
    const at::Tensor rows = model_.tensor(at.tensor).detach().to(at::kCPU, at::kDouble).transpose(0, at.axis);
    norms = rows.reshape({rows.size(0), -1}).norm(score_.kind == ScoreKind::kWeightL1 ? 1 : 2, {1});
  }
  return norms;
}

at::Tensor LayerScores::weights_of(const NormSite& norm) {
  std::vector<double> scores;
  for (const ChannelId id : norm.ids) {
    const bool made = id != kNoChannel && filters_[id].axis < graph_.axes.size();
    const auto row = made ? static_cast<std::int64_t>(filters_[id].row) : 0;
    scores.push_back(made ? filter_norms(filters_[id].axis).const_data_ptr<double>()[row] : std::numeric_limits<double>::quiet_NaN());
  }
  return at::tensor(scores, at::kDouble);
}

}  // namespace prunec

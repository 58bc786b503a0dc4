// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/scores.h"

#include <ATen/ATen.h>

namespace prunec {

namespace {

Diagnostic not_finite(const NormSite& norm, const at::Tensor& scale) {
  const std::int64_t count = scale.numel() - at::isfinite(scale).sum().item<std::int64_t>();
  Diagnostic diagnostic{
      Code::kP0601, std::to_string(count) + " of " + std::to_string(scale.numel()) + " scales of `" + norm.path + "` are NaN or infinite"};
  diagnostic.place = LayerPlace{norm.path};
  diagnostic.help = "a training run that diverged leaves such scales; prune an earlier checkpoint, or `skip " + norm.path + "`";
  return diagnostic;
}

Diagnostic empty_pool(const BoundPlan& bound) {
  Diagnostic diagnostic{Code::kP0603, "the strategy leaves no channel that may be removed"};
  for (const CoupledSet& set : bound.sets) {
    diagnostic.notes.push_back({{}, set.kept_because});
    if (diagnostic.notes.size() == 3) break;
  }
  diagnostic.help = "prune more sites, or skip fewer";
  return diagnostic;
}

}  // namespace

Outcome<Scores> measure(const BoundPlan& bound, const ChannelGraph& graph, const Model& model, c10::Device device) {
  Scores scores;
  Diagnostics diagnostics;
  std::vector<at::Tensor> parts;
  std::size_t end = 0;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    for (const SetMember& member : bound.sets[s].members) {
      if (member.role != SiteRole::kVoter) continue;
      const NormSite& norm = graph.norms[member.norm];
      const at::Tensor scale = model.tensor(norm.scale).detach().to(at::kDouble);
      if (!at::isfinite(scale).all().item<bool>()) diagnostics.push_back(not_finite(norm, scale));
      const std::vector<std::int64_t> positions(member.positions.begin(), member.positions.end());
      parts.push_back(scale.index_select(0, at::tensor(positions, at::kLong)).abs());
      scores.voters.push_back({s, end, end + positions.size()});
      end += positions.size();
    }
  }
  if (!diagnostics.empty()) return diagnostics;
  if (parts.empty()) return empty_pool(bound);
  scores.values = at::cat(parts).to(device);
  return scores;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/scores.h"

#include <ATen/ATen.h>
#include <map>

#include "runtime/bind/coupled_sets.h"
#include "runtime/solve/layer_scores.h"

namespace prunec {

namespace {

Diagnostic not_finite(const NormSite& norm, const at::Tensor& scores, ScoreKind kind) {
  const std::int64_t count = scores.numel() - at::isfinite(scores).sum().item<std::int64_t>();
  const std::string what = kind == ScoreKind::kGamma ? " scales of `" : " filters before `";
  Diagnostic diagnostic{Code::kP0601,
                        std::to_string(count) + " of " + std::to_string(scores.numel()) + what + norm.path + "` are NaN or infinite"};
  diagnostic.place = LayerPlace{norm.path};
  diagnostic.help = "a training run that diverged leaves such values; prune an earlier checkpoint, or `skip " + norm.path + "`";
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
  std::map<std::size_t, at::Tensor> by_norm;
  LayerScores layers(graph, model, bound.score);
  const auto scores_of = [&](std::size_t norm) {
    const auto [entry, is_new] = by_norm.try_emplace(norm);
    if (is_new) {
      entry->second = layers.of(graph.norms[norm]);
      if (!at::isfinite(entry->second).all().item<bool>())
        diagnostics.push_back(not_finite(graph.norms[norm], entry->second, bound.score.kind));
    }
    return entry->second;
  };
  std::size_t end = 0;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    for (std::size_t m = 0; m < set.members.size(); ++m) {
      if (set.members[m].role != SiteRole::kVoter) continue;
      const at::Tensor of_norm = scores_of(set.members[m].norm);
      for (std::size_t vote = 0; vote < set.members[m].per_channel; ++vote) {
        const std::vector<std::size_t> at = positions_of_vote(set.members[m], vote);
        const std::vector<std::int64_t> positions(at.begin(), at.end());
        parts.push_back(of_norm.index_select(0, at::tensor(positions, at::kLong)));
        scores.voters.push_back({s, end, end + positions.size(), m});
        end += positions.size();
      }
    }
  }
  if (!diagnostics.empty()) return diagnostics;
  if (parts.empty()) return empty_pool(bound);
  scores.values = at::cat(parts).to(device);
  return scores;
}

}  // namespace prunec

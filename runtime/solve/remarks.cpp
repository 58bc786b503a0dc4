// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/remarks.h"

#include <ATen/ATen.h>

namespace prunec {

namespace {

Diagnostic nothing_to_prune(const Solution& solution, const Scores& scores) {
  const auto below = (scores.values < solution.threshold).sum().item<std::int64_t>();
  const auto equal = (scores.values == solution.threshold).sum().item<std::int64_t>();
  Diagnostic diagnostic{Code::kP0602, "the request removes no channel: " + std::to_string(below) + " of " +
                                          std::to_string(solution.pool_size) + " scales are below the threshold of " +
                                          std::to_string(solution.threshold)};
  if (equal > 1) {
    diagnostic.notes.push_back({{}, std::to_string(equal) + " scales equal the threshold, and the comparison is strict"});
    diagnostic.help = "train with an L1 penalty on the scales so that they differ, or name a threshold with `--threshold`";
  } else {
    diagnostic.help =
        below > 0 ? "ties and rounding give back what little there was; ask for more with `--ratio`" : "ask for more with `--ratio`";
  }
  return diagnostic;
}

Diagnostic rescued(const CoupledSet& set, const ChannelGraph& graph) {
  const std::string& path = graph.norms[set.members.front().norm].path;
  Diagnostic diagnostic{Code::kP0604,
                        "`" + path + "` would have lost all " + std::to_string(set.width) + " channels and keeps the strongest"};
  diagnostic.place = LayerPlace{path};
  diagnostic.help = "ask for less, or keep the layer whole with `skip " + path + "`";
  return diagnostic;
}

}  // namespace

Diagnostics remarks_on(const Solution& solution, const BoundPlan& bound, const ChannelGraph& graph, const Scores& scores) {
  Diagnostics remarks;
  if (solution.pool_removed == 0) remarks.push_back(nothing_to_prune(solution, scores));
  for (const std::size_t s : solution.rescued_sets) remarks.push_back(rescued(bound.sets[s], graph));
  return remarks;
}

}  // namespace prunec

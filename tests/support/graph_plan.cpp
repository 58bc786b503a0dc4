// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/graph_plan.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "runtime/channels/channel_classes.h"

namespace prunec::test {

std::vector<std::size_t> streams(const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<std::size_t> stream(graph.norms.size());
  std::iota(stream.begin(), stream.end(), std::size_t{0});
  std::map<std::size_t, std::size_t> first_norm;
  for (std::size_t norm = 0; norm < graph.norms.size(); ++norm) {
    for (const ChannelId id : graph.norms[norm].ids) {
      if (id == kNoChannel) continue;
      const std::size_t other = stream[first_norm.try_emplace(classes.class_of[id], norm).first->second];
      std::replace(stream.begin(), stream.end(), std::max(stream[norm], other), std::min(stream[norm], other));
    }
  }
  return stream;
}

ConstraintPlan plan_for(const ChannelGraph& graph, Policy policy) {
  ConstraintPlan plan;
  const auto use = [](const std::string& name) { return SiteUse{name, {}, {}, {"graph", 1, 1, 1}}; };
  Prune prune{{}, {"graph", 2, 1, 1}};
  std::map<std::size_t, Tie> ties;
  const std::vector<std::size_t> stream = streams(graph);
  for (std::size_t norm = 0; norm < graph.norms.size(); ++norm) {
    if (!graph.norms[norm].has_scale()) continue;
    const std::string& path = graph.norms[norm].path;
    plan.sites.push_back({path, {std::get<PathPattern>(parse_pattern(path))}, {}, {"graph", 1, 1, 1}});
    prune.sites.push_back(use(path));
    ties.try_emplace(stream[norm], Tie{{}, {}, policy, {}, false, {"graph", 3, 1, 1}}).first->second.sites.push_back(use(path));
  }
  plan.statements.emplace_back(std::move(prune));
  for (auto& tie : ties) {
    if (tie.second.sites.size() > 1) plan.statements.emplace_back(std::move(tie.second));
  }
  return plan;
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report/build.h"

#include <algorithm>
#include <map>

namespace prunec {

namespace {

/// A norm whose channels lie in several sets (a concatenation) is one site: it keeps what all of them keep of it.
std::map<std::size_t, SiteReport> sites_by_norm(const ChannelGraph& graph, const BoundPlan& bound, const Solution& solution) {
  std::map<std::size_t, SiteReport> sites;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    for (const SetMember& member : set.members) {
      const NormSite& norm = graph.norms[member.norm];
      SiteReport site{norm.path,   norm.kind,       static_cast<std::int64_t>(norm.ids.size()), 0, {}, static_cast<std::int64_t>(s),
                      member.role, set.kept_because};
      SiteReport& entry = sites.try_emplace(member.norm, std::move(site)).first->second;
      for (std::size_t i = 0; i < member.positions.size(); ++i) {
        const bool removed = solution.sets[s].removed[i / member.per_channel];
        if (!removed) entry.kept.push_back(static_cast<std::int64_t>(member.positions[i]));
      }
    }
  }
  return sites;
}

}  // namespace

void describe_solution(const ChannelGraph& graph, const BoundPlan& bound, const Solution& solution, const Edits& edits, Report& report) {
  for (auto& [norm, site] : sites_by_norm(graph, bound, solution)) {
    std::sort(site.kept.begin(), site.kept.end());
    site.after = static_cast<std::int64_t>(site.kept.size());
    report.site_channels.before += site.before;
    report.site_channels.after += site.after;
    report.channels.push_back(std::move(site));
  }
  for (const TensorEdit& edit : edits.tensors) report.edits.push_back({edit.tensor, edit.axis, edit.kept, edit.groups});
  for (const AttributeEdit& edit : edits.attributes) report.attributes.push_back({edit.path, edit.name, edit.before, edit.after});
  report.threshold = solution.pools.front().threshold;
  for (std::size_t i = 0; solution.pools.size() > 1 && i < solution.pools.size(); ++i)
    report.pools.push_back({bound.pools[i], solution.pools[i].threshold, static_cast<std::int64_t>(solution.pools[i].size)});
  report.reached_channels_removed = static_cast<double>(solution.pool_removed) / static_cast<double>(solution.pool_size);
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report/build.h"

#include <map>

#include "runtime/slice/kept.h"

namespace prunec {

namespace {

/// Every norm with channels in a set of the plan. Other channels of the norm may lie in sets that the plan leaves alone.
std::map<std::size_t, SiteReport> sites_by_norm(const ChannelGraph& graph, const BoundPlan& bound, const std::vector<bool>& removed) {
  std::map<std::size_t, SiteReport> sites;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    for (const SetMember& member : set.members) {
      const NormSite& norm = graph.norms[member.norm];
      // A norm in several sets goes by the first of which something may go.
      const auto known = sites.find(member.norm);
      if (known != sites.end() && (known->second.role != SiteRole::kKept || member.role == SiteRole::kKept)) continue;
      std::vector<std::int64_t> kept = kept_positions(norm.ids, removed);
      const auto after = static_cast<std::int64_t>(kept.size());
      sites[member.norm] = {norm.path,   norm.kind,       static_cast<std::int64_t>(norm.ids.size()),
                            after,       std::move(kept), static_cast<std::int64_t>(s),
                            member.role, set.kept_because};
    }
  }
  return sites;
}

}  // namespace

void describe_solution(const ChannelGraph& graph, const BoundPlan& bound, const Solution& solution, const std::vector<bool>& removed,
                       const Edits& edits, Report& report) {
  for (auto& [norm, site] : sites_by_norm(graph, bound, removed)) {
    report.site_channels.before += site.before;
    report.site_channels.after += site.after;
    report.channels.push_back(std::move(site));
  }
  for (const TensorEdit& edit : edits.tensors) report.edits.push_back({edit.tensor, edit.axis, edit.kept, edit.groups});
  for (const AttributeEdit& edit : edits.attributes) report.attributes.push_back({edit.path, edit.name, edit.before, edit.after});
  const auto add_code = [&](const CodePlace& at, const std::string& operation, const std::string& argument, std::int64_t element,
                            std::vector<std::int64_t> before, std::vector<std::int64_t> after) {
    report.code.push_back({at.module, at.method, at.nodes, operation, argument, element, std::move(before), std::move(after)});
  };
  for (const ArgumentEdit& e : edits.arguments) add_code(e.place, e.operation, e.argument, e.element, {e.before}, {e.after});
  for (const SplitEdit& e : edits.splits) add_code(e.place, e.operation, "parts", -1, e.before, e.after);
  for (const IndexSelection& e : edits.selections) add_code(e.first, "channel shuffle", "index", -1, {}, e.index);
  for (const InputSelection& e : edits.inputs) add_code(e.place, e.operation, "input", -1, {}, e.index);
  report.modules = edits.modules;
  report.threshold = solution.pools.front().threshold;
  for (std::size_t i = 0; solution.pools.size() > 1 && i < solution.pools.size(); ++i)
    report.pools.push_back({bound.pools[i], solution.pools[i].threshold, static_cast<std::int64_t>(solution.pools[i].size)});
  report.reached_channels_removed = static_cast<double>(solution.pool_removed) / static_cast<double>(solution.pool_size);
}

}  // namespace prunec

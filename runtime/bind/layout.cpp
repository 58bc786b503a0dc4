// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/layout.h"

#include <algorithm>

namespace prunec {

namespace {

std::vector<SiteMatch> match_those(const ChannelGraph& graph, const std::vector<PathPattern>& patterns, const Labels& labels,
                                   bool with_scale) {
  std::vector<SiteMatch> matches;
  for (std::size_t i = 0; i < graph.norms.size(); ++i) {
    if (graph.norms[i].has_scale() != with_scale) continue;
    for (const PathPattern& pattern : patterns) {
      auto found = match(pattern, graph.norms[i].path);
      if (!found) continue;
      found->insert(labels.begin(), labels.end());
      matches.push_back({i, std::move(*found)});
      break;
    }
  }
  return matches;
}

}  // namespace

std::vector<SiteMatch> match_norms(const ChannelGraph& graph, const std::vector<PathPattern>& patterns, const Labels& labels) {
  std::vector<SiteMatch> norms = match_those(graph, patterns, labels, true);
  return norms.empty() ? match_those(graph, patterns, labels, false) : norms;
}

ChosenSites choose_sites(const ConstraintPlan& plan, const ChannelGraph& graph) {
  const auto matched = [&](const std::vector<Site>& sites, const std::string& layout) {
    ChosenSites chosen{&sites, {}, layout};
    for (const Site& site : sites) chosen.matches.push_back(match_norms(graph, site.patterns, site.labels));
    return chosen;
  };
  const auto hits = [](const ChosenSites& chosen) {
    return std::count_if(chosen.matches.begin(), chosen.matches.end(), [](const auto& matches) { return !matches.empty(); });
  };
  ChosenSites best = matched(plan.sites, "");
  for (const Layout& layout : plan.layouts) {
    if (hits(best) == static_cast<std::ptrdiff_t>(best.sites->size())) break;
    if (ChosenSites other = matched(layout.sites, layout.name); hits(other) > hits(best)) best = std::move(other);
  }
  return best;
}

}  // namespace prunec

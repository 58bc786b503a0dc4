// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The norms that one of the patterns matches, in execution order, each with the labels that the first such pattern captures. Patterns that
/// match no norm may name layers whose channels no norm scales.
struct SiteMatch {
  std::size_t norm = 0;  ///< index into ChannelGraph::norms
  Labels labels;

  friend bool operator==(const SiteMatch&, const SiteMatch&) = default;
};
std::vector<SiteMatch> match_norms(const ChannelGraph& graph, const std::vector<PathPattern>& patterns, const Labels& labels);

/// The sites under the module names of one model: the first of the plan's own and its layouts whose sites all match, else the one of
/// which most do.
struct ChosenSites {
  const std::vector<Site>* sites = nullptr;     ///< of the plan
  std::vector<std::vector<SiteMatch>> matches;  ///< by site
  std::string layout;                           ///< empty: the plan's own sites
};
ChosenSites choose_sites(const ConstraintPlan& plan, const ChannelGraph& graph);

}  // namespace prunec

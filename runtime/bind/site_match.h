// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Which norms of the model the sites of a plan stand for.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/plan/plan.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

struct SiteMatch {
  std::size_t norm = 0;  ///< index into ChannelGraph::norms
  Labels labels;

  friend bool operator==(const SiteMatch&, const SiteMatch&) = default;
};

class SiteMatcher {
 public:
  /// Finds the norms of every site of the plan. `modules`: the paths of all modules, for messages.
  SiteMatcher(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules);

  /// P0505 and P0510 for sites and uses that match nothing, each once.
  const Diagnostics& diagnostics() const { return diagnostics_; }

  /// The norms of a use, in execution order, after its filters.
  std::vector<SiteMatch> find(const SiteUse& use);
  std::vector<SiteMatch> find(const std::vector<SiteUse>& uses);

  /// The name of the first site of the plan that a norm belongs to.
  std::optional<std::string> site_of(std::size_t norm) const;

 private:
  std::vector<SiteMatch> match_all(const std::vector<PathPattern>& patterns, const Labels& labels) const;
  void report(const std::string& what, const std::vector<PathPattern>& patterns, const Origin& origin);
  void report_filter(const SiteUse& use);

  const ChannelGraph& graph_;
  const std::vector<std::string>& modules_;
  std::map<std::string, std::vector<SiteMatch>> sites_;
  std::map<std::size_t, std::string> names_;
  Diagnostics diagnostics_;
};

}  // namespace prunec

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
#include "runtime/bind/layout.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

class SiteMatcher {
 public:
  /// Finds the norms of every site of the plan, under the layout that fits. `modules`: the paths of all modules, for messages.
  SiteMatcher(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules);

  /// P0505 and P0510 for sites and uses that match nothing, each once.
  const Diagnostics& diagnostics() const { return diagnostics_; }

  /// The norms of a use, in execution order, after its filters.
  std::vector<SiteMatch> find(const SiteUse& use);
  std::vector<SiteMatch> find(const std::vector<SiteUse>& uses);

  /// The name of the first site of the plan that a norm belongs to.
  std::optional<std::string> site_of(std::size_t norm) const;

  /// The value of a label on a norm, by the first site of the plan that gives it one.
  std::optional<std::string> value_of(const std::string& label, std::size_t norm) const;

 private:
  void report(const std::string& what, const std::vector<PathPattern>& patterns, const Origin& origin);
  void report_filter(const SiteUse& use);

  const ChannelGraph& graph_;
  const std::vector<std::string>& modules_;
  std::map<std::string, std::vector<SiteMatch>> sites_;
  std::map<std::size_t, std::string> names_;
  Diagnostics diagnostics_;
};

}  // namespace prunec

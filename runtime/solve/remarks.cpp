// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/remarks.h"

#include <algorithm>
#include <string>

namespace prunec {

namespace {

constexpr const char* kExact = "write `ratio ... exact` in the strategy to let the first of them go, in execution order";

/// The votes of all pools together.
PoolSolution sum_of(const std::vector<PoolSolution>& pools) {
  PoolSolution sum;
  for (const PoolSolution& pool : pools) {
    sum.size += pool.size;
    sum.wanted += pool.wanted;
    sum.below += pool.below;
    sum.equal += pool.equal;
  }
  return sum;
}

std::string line_of(const Solution& solution) {
  if (solution.pools.size() != 1) return "the thresholds of their pools";
  return "the threshold of " + std::to_string(solution.pools.front().threshold);
}

Diagnostic nothing_to_prune(const Solution& solution, const PoolSolution& sum) {
  Diagnostic diagnostic{Code::kP0602, "the request removes no channel: " + std::to_string(sum.below) + " of " + std::to_string(sum.size) +
                                          " scores are below " + line_of(solution)};
  if (sum.equal > solution.pools.size()) {
    diagnostic.notes.push_back({{}, std::to_string(sum.equal) + " scores equal it, and the comparison is strict"});
    diagnostic.help =
        std::string("train with an L1 penalty on the scales so that they differ, name a threshold with `--threshold`, or ") + kExact;
  } else {
    diagnostic.help =
        sum.below > 0 ? "ties and rounding give back what little there was; ask for more with `--ratio`" : "ask for more with `--ratio`";
  }
  return diagnostic;
}

Diagnostic spared_by_equality(const Solution& solution, const PoolSolution& sum) {
  Diagnostic diagnostic{Code::kP0605, "the ratio asks for " + std::to_string(sum.wanted) + " of " + std::to_string(sum.size) +
                                          " scores, but only " + std::to_string(sum.below) + " are below " + line_of(solution)};
  diagnostic.notes.push_back({{}, std::to_string(sum.equal) + " scores equal it, and the comparison is strict"});
  diagnostic.help = kExact;
  return diagnostic;
}

Diagnostic rescued(const CoupledSet& set, const SetSolution& solution, const ChannelGraph& graph) {
  const std::string& path = graph.norms[set.members.front().norm].path;
  std::size_t kept = set.width;
  for (const bool removed : solution.removed) kept -= removed ? 1 : 0;
  Diagnostic diagnostic{Code::kP0604, "`" + path + "` would have lost all " + std::to_string(set.width) + " channels and keeps "};
  diagnostic.message += kept == 1 ? "the strongest" : "the " + std::to_string(kept) + " strongest";
  diagnostic.place = LayerPlace{path};
  diagnostic.help = "ask for less, or keep the layer whole with `skip " + path + "`";
  return diagnostic;
}

Diagnostic barely_kept(const CoupledSet& set, const ChannelGraph& graph) {
  const std::string& path = graph.norms[set.members.front().norm].path;
  Diagnostic diagnostic{Code::kP0604, "`" + path + "` keeps " + std::to_string(set.cell_count) + " of " + std::to_string(set.width) +
                                          " channels, the fewest that it can: others keep more score for what they cost"};
  diagnostic.place = LayerPlace{path};
  diagnostic.help = "allow more, or set a bound such as `keep at least 16 of " + path + "`";
  return diagnostic;
}

bool is_of_a_path(std::size_t set, const BoundPlan& bound) {
  return std::any_of(bound.paths.begin(), bound.paths.end(), [&](const RemovablePath& path) {
    return std::find(path.sets.begin(), path.sets.end(), set) != path.sets.end();
  });
}

}  // namespace

Diagnostics remarks_on_budget(const Solution& solution, const BoundPlan& bound, const ChannelGraph& graph, const Origin& budget) {
  Diagnostics remarks;
  if (solution.pool_removed == 0) {
    remarks.push_back({Code::kP0602, "the budget is met without removing any channel"});
    remarks.back().place = budget;
    remarks.back().help = "ask for less than the model uses now";
  }
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const std::vector<bool>& removed = solution.sets[s].removed;
    const auto kept = static_cast<std::size_t>(std::count(removed.begin(), removed.end(), false));
    if (kept == removed.size() || kept != bound.sets[s].cell_count) continue;
    remarks.push_back(barely_kept(bound.sets[s], graph));
    if (is_of_a_path(s, bound)) remarks.back().notes.push_back({{}, "under a budget no path vanishes, whatever `keep at least 0` says"});
  }
  return remarks;
}

Diagnostics remarks_on(const Solution& solution, const BoundPlan& bound, const ChannelGraph& graph) {
  Diagnostics remarks;
  const PoolSolution sum = sum_of(solution.pools);
  if (solution.pool_removed == 0) {
    remarks.push_back(nothing_to_prune(solution, sum));
  } else if (sum.below < sum.wanted) {
    remarks.push_back(spared_by_equality(solution, sum));
  }
  for (std::size_t s = 0; s < solution.sets.size(); ++s) {
    if (solution.sets[s].rescued) remarks.push_back(rescued(bound.sets[s], solution.sets[s], graph));
  }
  return remarks;
}

}  // namespace prunec

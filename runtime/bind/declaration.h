// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the plan declares about each norm of one model, before the graph has its say.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/plan/plan.h"
#include "runtime/bind/site_match.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The norms that one tie holds together for one combination of label values, or one `concat-propagate` all together.
struct TieGroup {
  std::shared_ptr<const Tie> tie;   ///< `concat-propagate` in the form of a tie
  bool concatenation = false;       ///< members share channels with some of the others, not with all
  Labels across;                    ///< the values of the tie's labels
  std::vector<std::size_t> voters;  ///< norms, in execution order
  std::vector<std::size_t> carried;

  std::vector<std::size_t> members() const;
};

/// One norm's part in the plan. Pointers go into the plan.
struct NormDeclaration {
  const Prune* pruned = nullptr;         ///< the first statement that prunes it
  std::optional<Origin> skipped;         ///< the first statement that skips it
  std::optional<std::size_t> tie_group;  ///< index into Declaration::ties
  bool carried = false;                  ///< in its tie as a carried member
};

/// A statement on widths or groups, with the norms that it names; none: it speaks of all.
template <typename S>
struct Scoped {
  const S* statement = nullptr;
  std::vector<std::size_t> norms;
};

/// Pointers go into the plan.
struct Declaration {
  std::vector<NormDeclaration> norms;  ///< by norm
  std::vector<TieGroup> ties;
  const TieFromGraph* from_graph = nullptr;
  ShuffleRule shuffles = ShuffleRule::kKeep;
  std::vector<bool> selected_reads;  ///< by read of the graph: the norm picks its own channels (`concat-select`)
  std::vector<Scoped<Divisible>> divisible;
  std::vector<Scoped<KeepAtLeast>> keep_at_least;
  std::vector<Scoped<RemoveAtMost>> remove_at_most;
  std::vector<Scoped<Groups>> groups;
};

/// Finds the norms of every statement. Errors: P0509, P0511, beside those of the matcher.
Declaration declare(const ConstraintPlan& plan, const ChannelGraph& graph, SiteMatcher& matcher, Diagnostics& diagnostics);

}  // namespace prunec

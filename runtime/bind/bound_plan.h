// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The plan on one model: which channels go together, who votes on them, and which must stay. Plain data.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/report/report.h"

namespace prunec {

/// One norm of a coupled set.
struct SetMember {
  std::size_t norm = 0;                ///< index into ChannelGraph::norms
  std::vector<std::size_t> positions;  ///< where each channel of the set lies in the norm, `per_channel` entries for each in turn
  SiteRole role = SiteRole::kVoter;
  std::size_t per_channel = 1;

  friend bool operator==(const SetMember&, const SetMember&) = default;
};

/// A statement that keeps a set from becoming narrower.
struct WidthFloor {
  std::string keyword;    ///< "skip", "keep at least", "remove at most"
  std::size_t least = 1;  ///< so many channels stay
  Origin origin;

  friend bool operator==(const WidthFloor&, const WidthFloor&) = default;
};

/// Channels that lie in the same norms. A channel of the set is kept in all of them or removed from all.
struct CoupledSet {
  std::size_t width = 0;             ///< number of channels
  std::vector<std::size_t> classes;  ///< for each channel its class, see `BoundPlan::class_of`
  std::vector<SetMember> members;    ///< in execution order
  Policy policy = Policy::kMean;
  std::size_t multiple = 1;  ///< the number of kept channels is a multiple of it, rounded by `rounding`
  Rounding rounding = Rounding::kUp;
  std::string kept_because;  ///< a clause: why no channel may go; empty: channels may go
  std::size_t least = 1;     ///< so many channels stay at least
  std::size_t pool = 0;      ///< its votes compete in this one of `BoundPlan::pools`
  /// For each channel its cell, from 0 on: all cells lose the same number, as the groups of a convolution do. Empty: one cell.
  std::vector<std::size_t> cells;
  std::size_t cell_count = 1;
  std::vector<WidthFloor> floors = {};          ///< what `least` comes from, and skips
  std::optional<Origin> multiple_because = {};  ///< the `divisible` that `multiple` comes from

  friend bool operator==(const CoupledSet&, const CoupledSet&) = default;
};

/// A path of the network that ends in a concatenation and may vanish: its modules go when every channel of its sets does.
struct RemovablePath {
  std::vector<std::string> modules;
  std::vector<std::size_t> sets;  ///< by index into `BoundPlan::sets`, ascending; each is of one path alone
  /// Where several paths read it, all of them by index into `BoundPlan::paths`: it goes only with all of them, and they not all without it.
  std::vector<std::size_t> readers = {};

  friend bool operator==(const RemovablePath&, const RemovablePath&) = default;
};

struct BoundPlan {
  std::vector<std::size_t> class_of;  ///< by channel id: ids of one class are removed together
  std::size_t class_count = 0;
  std::vector<CoupledSet> sets;         ///< those with a site that the plan prunes, in execution order
  std::vector<std::string> pools = {};  ///< what competes together, by its name: "" for all, else a label and its value, or a norm
  Score score;                          ///< what a vote is
  std::vector<bool> selected_shuffles;  ///< by shuffle of the graph: replaced by a selection (selections.h)
  std::vector<bool> selected_reads;     ///< by read of the graph: a selection stands before the norm
  std::vector<RemovablePath> paths = {};
  /// By index into `paths`: of each list at least one stays, since some layer reads nothing else.
  std::vector<std::vector<std::size_t>> alternatives = {};

  friend bool operator==(const BoundPlan&, const BoundPlan&) = default;
};

}  // namespace prunec

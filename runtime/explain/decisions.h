// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Why each channel was kept or removed, as plain data: what `why` needs, in memory or from a report. `decide.h` computes it from a
/// solution, `answer.h` turns it into sentences.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// A layer on which channels of a set lie. Position `positions[i]` of the layer is the set's channel `channels[i]`.
struct LayerPart {
  std::string path;       ///< module path
  std::size_t width = 0;  ///< of the whole layer
  std::vector<std::size_t> positions;
  std::vector<std::size_t> channels;

  friend bool operator==(const LayerPart&, const LayerPart&) = default;
};

/// A norm with a vote on every channel of its set.
struct Voter {
  std::string path;
  std::vector<double> scores;      ///< by channel
  std::vector<std::size_t> named;  ///< under `quota`: the channels that it named in its turn, sorted

  friend bool operator==(const Voter&, const Voter&) = default;
};

/// A statement that speaks of a set.
struct StatementPlace {
  std::string keyword;  ///< "prune", "tie", "divisible", ...
  Origin origin;

  friend bool operator==(const StatementPlace&, const StatementPlace&) = default;
};

/// What was decided on a coupled set. Channels are numbered within the set; lists of them are sorted.
struct SetDecision {
  std::size_t width = 0;
  std::string policy;    ///< by its name in the rule language
  double threshold = 0;  ///< scores strictly below it ask for removal
  std::size_t multiple = 1;
  std::string rounding;             ///< by its name in the rule language
  std::size_t least = 1;            ///< so many channels stay at least
  std::size_t cells = 1;            ///< parts of the set that must lose the same number, as the groups of a convolution do
  std::string budget;               ///< "budget macs": it chose the width, and within it the weakest go; empty: the threshold decided
  std::string pool;                 ///< what its scores compete with: "" for all, else the name of a pool
  std::vector<double> scores;       ///< by channel, under the policy; empty: nobody votes
  std::vector<std::size_t> wished;  ///< what the votes alone would remove
  std::vector<std::size_t> removed;
  std::string kept_because;  ///< a clause: why no channel may go; empty: channels may go
  std::vector<StatementPlace> statements;
  std::vector<Voter> voters;         ///< in execution order
  std::vector<std::string> carried;  ///< norms without a vote
  std::vector<LayerPart> layers;     ///< all on which the channels lie, norms and what makes the channels, in execution order

  friend bool operator==(const SetDecision&, const SetDecision&) = default;
};

/// A layer that the strategy does not touch, or whose channels prunec does not follow.
struct UntouchedLayer {
  std::string path;
  std::size_t width = 0;  ///< 0: its channels are not followed
  std::string pinned;     ///< a clause: what would keep its channels anyway; may be empty

  friend bool operator==(const UntouchedLayer&, const UntouchedLayer&) = default;
};

struct Decisions {
  std::vector<SetDecision> sets;  ///< numbered as in the report
  std::vector<UntouchedLayer> untouched;

  friend bool operator==(const Decisions&, const Decisions&) = default;
};

}  // namespace prunec

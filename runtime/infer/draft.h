// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A rule file drafted from what a model's graph couples. Plain data; `rule_text.h` writes it in the rule language.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/plan/path_pattern.h"
#include "compiler/plan/plan.h"
#include "runtime/facts/facts.h"

namespace prunec::infer {

struct SiteDraft {
  std::string name;
  std::vector<PathPattern> patterns;
  Labels where;
  std::vector<std::size_t> norms;  ///< of the graph, in execution order
};

/// A `tie`, or a `concat-propagate`. Numbers are indices into `RuleDraft::sites`.
struct TieDraft {
  std::vector<std::size_t> voters, carried;
  std::vector<std::string> across;
  bool concatenation = false;
  bool inside = false;               ///< most of it lies inside repeated parts
  std::vector<std::string> reasons;  ///< what couples: "added by `aten::add_`, 8 times, first at layer1.0"
};

/// Norms that lose nothing, or not all that they might, for one reason.
struct WholeDraft {
  std::string reason;    ///< a clause
  std::string first_at;  ///< the layer that holds the first of them; may be empty
  std::vector<std::string> norms;
  bool partly = false;
};

struct StrategyDraft {
  std::string name, text;
  std::vector<std::size_t> pruned;  ///< sites that it adds to the strategy before it
  std::vector<std::size_t> ties;    ///< ties that it adds, indices into `RuleDraft::ties`
  bool from_graph = false;          ///< takes the graph's coupling in place of all ties, so it stands on its own
  std::string no_ties_since = {};   ///< then: why ties of its own do not hold
};

struct RuleDraft {
  std::vector<SiteDraft> sites;
  std::vector<TieDraft> ties;
  std::vector<std::size_t> alone_inside, alone_outside;  ///< sites whose channels are in no other norm
  std::vector<StrategyDraft> strategies;                 ///< from the mildest to the whole; empty: nothing can be pruned
  std::vector<WholeDraft> whole;
  std::vector<std::string> grouped;  ///< convolutions in groups that pruned channels lie beside
  std::size_t norms = 0, prunable = 0;
  bool by_filters = false;  ///< the model has no norm to be scored by: its "norms" are layers, scored by their filters
};

RuleDraft draft_rules(const ModelFacts& facts);

}  // namespace prunec::infer

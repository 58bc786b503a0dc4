// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The statements of a strategy as they were written. What each of them means is said where the plan has it (compiler/plan/plan.h).
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/plan/plan.h"
#include "compiler/syntax/ast_words.h"

namespace prunec::ast {

struct Prune {
  std::vector<SiteUse> sites;
  Extent at;

  friend bool operator==(const Prune&, const Prune&) = default;
};

struct Skip {
  std::vector<SiteUse> sites;
  Extent at;

  friend bool operator==(const Skip&, const Skip&) = default;
};

struct SkipEnd {
  End end = End::kFirst;
  WholeNumber count;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const SkipEnd&, const SkipEnd&) = default;
};

struct Tie {
  std::vector<SiteUse> sites;
  std::vector<Word> across;
  std::optional<Word> policy;
  std::vector<SiteUse> carrying;
  bool even_if_unrelated = false;
  Extent at;

  friend bool operator==(const Tie&, const Tie&) = default;
};

struct TieFromGraph {
  std::optional<Word> policy;
  Extent at;

  friend bool operator==(const TieFromGraph&, const TieFromGraph&) = default;
};

struct ConcatPropagate {
  std::vector<SiteUse> sites;
  std::optional<Word> policy;
  std::vector<SiteUse> carrying;
  Extent at;

  friend bool operator==(const ConcatPropagate&, const ConcatPropagate&) = default;
};

struct ConcatSelect {
  std::vector<SiteUse> sites;
  Extent at;

  friend bool operator==(const ConcatSelect&, const ConcatSelect&) = default;
};

struct Groups {
  GroupRule rule = GroupRule::kKeep;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const Groups&, const Groups&) = default;
};

struct Shuffles {
  ShuffleRule rule = ShuffleRule::kKeep;
  Extent at;

  friend bool operator==(const Shuffles&, const Shuffles&) = default;
};

struct Divisible {
  WholeNumber multiple;
  std::optional<Rounding> rounding;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const Divisible&, const Divisible&) = default;
};

struct KeepAtLeast {
  std::variant<WholeNumber, Percent> least;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const KeepAtLeast&, const KeepAtLeast&) = default;
};

struct RemoveAtMost {
  Percent most;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const RemoveAtMost&, const RemoveAtMost&) = default;
};

struct Ratio {
  Percent percent;
  bool exact = false;
  Extent at;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

struct Threshold {
  Number value;
  Extent at;

  friend bool operator==(const Threshold&, const Threshold&) = default;
};

struct Budget {
  Resource resource = Resource::kMacs;
  Percent percent;
  Extent at;

  friend bool operator==(const Budget&, const Budget&) = default;
};

struct Rank {
  RankScope scope = RankScope::kGlobal;
  std::optional<Word> label;  ///< of `per LABEL`
  Extent at;

  friend bool operator==(const Rank&, const Rank&) = default;
};

struct Score {
  ScoreKind kind = ScoreKind::kGamma;
  Normalisation normalised_by = Normalisation::kNone;
  Extent at;

  friend bool operator==(const Score&, const Score&) = default;
};

using Statement = std::variant<Prune, Skip, SkipEnd, Tie, TieFromGraph, ConcatPropagate, ConcatSelect, Groups, Shuffles, Divisible,
                               KeepAtLeast, RemoveAtMost, Ratio, Threshold, Budget, Rank, Score>;

const Extent& extent_of(const Statement& statement);

}  // namespace prunec::ast

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The constraint plan: one resolved strategy of a rule file as plain data. It is all that passes from the compiler to the runtime,
/// in memory or as a TOML file (`plan_toml.h`). Every statement keeps the place that it came from.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/plan/path_pattern.h"

namespace prunec {

/// The version of the plan file. A plan of another version is refused.
inline constexpr int kPlanVersion = 1;

/// A named set of places that own channels. A module path is in the set when one of the patterns matches it.
struct Site {
  std::string name;
  std::vector<PathPattern> patterns;
  Labels labels;  ///< added by `where`, to those that the patterns capture
  Origin origin;

  friend bool operator==(const Site&, const Site&) = default;
};

/// `[stage=4]` behind a site: only the members whose label has one of these values.
struct LabelFilter {
  std::string label;
  CaptureRange values;

  friend bool operator==(const LabelFilter&, const LabelFilter&) = default;
};

/// The name of a site, or a path pattern written in its place (then `pattern` holds it and `name` its text). A pattern that names a
/// container stands for every norm under it.
struct SiteUse {
  std::string name;
  std::vector<PathPattern> pattern;  ///< empty for a named site, else exactly one
  std::vector<LabelFilter> filters;
  Origin origin;

  friend bool operator==(const SiteUse&, const SiteUse&) = default;
};

/// These sites vote with their scales and may lose channels.
struct Prune {
  std::vector<SiteUse> sites;
  Origin origin;

  friend bool operator==(const Prune&, const Prune&) = default;
};

/// These sites are never pruned, nor is what is tied to them.
struct Skip {
  std::vector<SiteUse> sites;
  Origin origin;

  friend bool operator==(const Skip&, const Skip&) = default;
};

enum class End { kFirst, kLast };

/// The first or last `count` of `of` in the model's execution order are never pruned; without `of`, of all that the plan prunes.
struct SkipEnd {
  End end = End::kFirst;
  std::size_t count = 0;
  std::vector<SiteUse> of;
  Origin origin;

  friend bool operator==(const SkipEnd&, const SkipEnd&) = default;
};

/// How the voters of a tie decide. `kMean` to `kL2` give one score per channel, compared with the threshold; `kAny` and `kAll` remove
/// a channel when any or all voters fall below it; in `kQuota` each of n voters names its floor(min count / n) weakest in turn.
enum class Policy { kMean, kMax, kMin, kSum, kL2, kAny, kAll, kQuota };

/// For each combination of values of the labels `across`, the matched sites keep the same channels.
struct Tie {
  std::vector<SiteUse> sites;
  std::vector<std::string> across;
  Policy policy = Policy::kMean;
  std::vector<SiteUse> carrying;   ///< keep the same channels, do not vote
  bool even_if_unrelated = false;  ///< meant although the members share no channel; they need the same width
  Origin origin;

  friend bool operator==(const Tie&, const Tie&) = default;
};

/// `tie from graph`: what the model's graph couples is tied, voters by the policy; norms that nothing prunes are carried.
struct TieFromGraph {
  Policy policy = Policy::kMean;
  Origin origin;

  friend bool operator==(const TieFromGraph&, const TieFromGraph&) = default;
};

/// These norms read a concatenation. A channel of it is one channel for all its readers among `sites`, which vote on it together;
/// `carrying` norms on the same channels follow. Without `sites`, all that the plan prunes and that reads a concatenation.
struct ConcatPropagate {
  std::vector<SiteUse> sites;
  Policy policy = Policy::kMean;
  std::vector<SiteUse> carrying;
  Origin origin;

  friend bool operator==(const ConcatPropagate&, const ConcatPropagate&) = default;
};

/// These norms read a concatenation whose producers stay whole: each picks its own channels with an index selection before it.
struct ConcatSelect {
  std::vector<SiteUse> sites;
  Origin origin;

  friend bool operator==(const ConcatSelect&, const ConcatSelect&) = default;
};

enum class GroupRule { kKeep, kDrop };

/// How grouped convolutions lose channels: the same number in each group (`kKeep`), or whole groups, inputs and outputs together
/// (`kDrop`). `of` names norms on either side of the convolution; without it, all grouped convolutions.
struct Groups {
  GroupRule rule = GroupRule::kKeep;
  std::vector<SiteUse> of;
  Origin origin;

  friend bool operator==(const Groups&, const Groups&) = default;
};

enum class ShuffleRule { kKeep, kSelect };

/// How channel shuffles survive: `kKeep` removes only sets of channels that the shuffle maps onto each other's places, so that it stays
/// as it is; `kSelect` replaces it by an index selection, and every channel is free.
struct Shuffles {
  ShuffleRule rule = ShuffleRule::kKeep;
  Origin origin;

  friend bool operator==(const Shuffles&, const Shuffles&) = default;
};

/// A number of channels, or a share of a layer's width in [0, 1].
using WidthBound = std::variant<std::size_t, double>;

/// Each width stays at least `least`; without `of`, of everything that the plan prunes.
struct KeepAtLeast {
  WidthBound least = std::size_t{1};
  std::vector<SiteUse> of;
  Origin origin;

  friend bool operator==(const KeepAtLeast&, const KeepAtLeast&) = default;
};

/// Each layer loses at most this share of its width, in [0, 1].
struct RemoveAtMost {
  double fraction = 1;
  std::vector<SiteUse> of;
  Origin origin;

  friend bool operator==(const RemoveAtMost&, const RemoveAtMost&) = default;
};

enum class Rounding { kUp, kDown, kNearest };

/// Kept widths are multiples of `multiple`; without `of`, of everything that the plan prunes.
struct Divisible {
  std::size_t multiple = 1;
  Rounding rounding = Rounding::kUp;
  std::vector<SiteUse> of;
  Origin origin;

  friend bool operator==(const Divisible&, const Divisible&) = default;
};

/// The classical global threshold: sorted scores at floor(pool size x fraction). `fraction` is in [0, 1). Scores equal to the threshold
/// stay; when `exact`, as many of them go, in execution order, as the ratio asks for.
struct Ratio {
  double fraction = 0;
  bool exact = false;
  Origin origin;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// An absolute threshold on the scores, not negative.
struct Threshold {
  double value = 0;
  Origin origin;

  friend bool operator==(const Threshold&, const Threshold&) = default;
};

enum class Resource { kChannels, kParams, kMacs, kLatency };

/// The pruned model may use at most this share of what the original uses, in (0, 1].
struct Budget {
  Resource resource = Resource::kMacs;
  double fraction = 1;
  Origin origin;

  friend bool operator==(const Budget&, const Budget&) = default;
};

enum class RankScope { kGlobal, kPerLabel, kPerSite };

/// Which scores compete for the ratio: all, those whose sites have the same value of `label`, or those of each site of the model (a norm,
/// or a coupled set) alone.
struct Rank {
  RankScope scope = RankScope::kGlobal;
  std::string label;  ///< for kPerLabel
  Origin origin;

  friend bool operator==(const Rank&, const Rank&) = default;
};

enum class ScoreKind { kGamma, kWeightL1, kWeightL2 };
enum class Normalisation { kNone, kMax, kMean, kL2 };

/// What a channel is worth: |gamma| of its norm (network slimming, Liu et al. 2017), or the L1 or L2 norm of its filter (Li et al. 2017),
/// divided by the layer's largest, mean or Euclidean value.
struct Score {
  ScoreKind kind = ScoreKind::kGamma;
  Normalisation normalised_by = Normalisation::kNone;
  Origin origin;

  friend bool operator==(const Score&, const Score&) = default;
};

using Statement = std::variant<Prune, Skip, SkipEnd, Tie, TieFromGraph, ConcatPropagate, ConcatSelect, Groups, Shuffles, Divisible,
                               KeepAtLeast, RemoveAtMost, Ratio, Threshold, Budget, Rank, Score>;

/// Ratio, threshold and budget say how much goes; a plan has at most one of them.
bool is_amount(const Statement& statement);

const Origin& origin_of(const Statement& statement);

/// The plan's sites under another library's module names. A model uses the first of the plan's own sites and its layouts, in order, whose
/// sites all match.
struct Layout {
  std::string name;
  std::vector<Site> sites;  ///< the same names as the plan's sites, in the same order
  Origin origin;

  friend bool operator==(const Layout&, const Layout&) = default;
};

struct ConstraintPlan {
  std::string architecture;
  std::string rules_path;    ///< as given on the command line
  std::string rules_sha256;  ///< lower-case hex of the rule file's bytes
  std::string strategy;
  std::string description;            ///< the strategy's own text, may be empty
  std::vector<Site> sites;            ///< in the rule file's order; those that the strategy uses
  std::vector<Layout> layouts;        ///< in the rule file's order
  std::vector<Statement> statements;  ///< of the strategy's ancestors first, each in the rule file's order

  friend bool operator==(const ConstraintPlan&, const ConstraintPlan&) = default;
};

std::string_view to_string(Policy policy);
std::string_view to_string(Rounding rounding);
std::string_view to_string(End end);
std::string_view to_string(GroupRule rule);
std::string_view to_string(ShuffleRule rule);
std::string_view to_string(Resource resource);
std::string_view to_string(RankScope scope);
std::string_view to_string(ScoreKind kind);
std::string_view to_string(Normalisation normalisation);

}  // namespace prunec

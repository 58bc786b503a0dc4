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
  std::vector<SiteUse> carrying;  ///< keep the same channels, do not vote
  Origin origin;

  friend bool operator==(const Tie&, const Tie&) = default;
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

/// The classical global threshold: sorted scores at floor(pool size x fraction). `fraction` is in [0, 1).
struct Ratio {
  double fraction = 0;
  Origin origin;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// An absolute threshold on the scores, not negative.
struct Threshold {
  double value = 0;
  Origin origin;

  friend bool operator==(const Threshold&, const Threshold&) = default;
};

using Statement = std::variant<Prune, Skip, SkipEnd, Tie, Divisible, Ratio, Threshold>;

const Origin& origin_of(const Statement& statement);

struct ConstraintPlan {
  std::string architecture;
  std::string rules_path;    ///< as given on the command line
  std::string rules_sha256;  ///< lower-case hex of the rule file's bytes
  std::string strategy;
  std::string description;            ///< the strategy's own text, may be empty
  std::vector<Site> sites;            ///< in the rule file's order; those that the strategy uses
  std::vector<Statement> statements;  ///< of the strategy's ancestors first, each in the rule file's order

  friend bool operator==(const ConstraintPlan&, const ConstraintPlan&) = default;
};

std::string_view to_string(Policy policy);
std::string_view to_string(Rounding rounding);
std::string_view to_string(End end);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/honoured.h"

#include <optional>
#include <string>

namespace prunec {

namespace {

/// For each kind of statement, what of it is not honoured. A new kind does not compile until it has its line here.
struct Unhonoured {
  using Reason = std::optional<std::string>;

  Reason operator()(const Prune&) const { return {}; }
  Reason operator()(const Skip&) const { return {}; }
  Reason operator()(const SkipEnd&) const { return {}; }
  Reason operator()(const Tie& tie) const { return tie.even_if_unrelated ? Reason("`tie ... even if unrelated`") : Reason(); }
  Reason operator()(const TieFromGraph&) const { return "`tie from graph`"; }
  Reason operator()(const ConcatPropagate&) const { return "`concat-propagate`"; }
  Reason operator()(const ConcatSelect&) const { return "`concat-select`"; }
  Reason operator()(const Groups&) const { return "`groups`"; }
  Reason operator()(const Shuffles&) const { return "`shuffles`"; }
  Reason operator()(const Divisible&) const { return {}; }
  Reason operator()(const KeepAtLeast&) const { return "`keep at least`"; }
  Reason operator()(const RemoveAtMost&) const { return "`remove at most`"; }
  Reason operator()(const Ratio& ratio) const { return ratio.exact ? Reason("`ratio ... exact`") : Reason(); }
  Reason operator()(const Threshold&) const { return {}; }
  Reason operator()(const Budget&) const { return "`budget`"; }
  Reason operator()(const Rank& rank) const { return rank.scope == RankScope::kGlobal ? Reason() : Reason("`rank per`"); }
  Reason operator()(const Score& score) const {
    const bool usual = score.kind == ScoreKind::kGamma && score.normalised_by == Normalisation::kNone;
    return usual ? Reason() : Reason("`score` other than the plain gamma");
  }
};

Diagnostic unhonoured(const std::string& what, const Origin& origin) {
  Diagnostic diagnostic{Code::kP0511, what + " is understood, but this version of prunec cannot apply it"};
  diagnostic.place = origin;
  diagnostic.help = "leave the statement out; nothing is pruned while it stands";
  return diagnostic;
}

}  // namespace

Diagnostics refuse_unhonoured(const ConstraintPlan& plan) {
  Diagnostics diagnostics;
  for (const Layout& layout : plan.layouts) diagnostics.push_back(unhonoured("`layout " + layout.name + "`", layout.origin));
  for (const Statement& statement : plan.statements) {
    if (const auto what = std::visit(Unhonoured{}, statement)) diagnostics.push_back(unhonoured(*what, origin_of(statement)));
  }
  return diagnostics;
}

}  // namespace prunec

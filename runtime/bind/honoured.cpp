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
  Reason operator()(const Tie&) const { return {}; }
  Reason operator()(const TieFromGraph&) const { return {}; }
  Reason operator()(const ConcatPropagate&) const { return {}; }
  Reason operator()(const ConcatSelect&) const { return "`concat-select`"; }
  Reason operator()(const Groups&) const { return {}; }
  Reason operator()(const Shuffles&) const { return {}; }
  Reason operator()(const Divisible&) const { return {}; }
  Reason operator()(const KeepAtLeast&) const { return {}; }
  Reason operator()(const RemoveAtMost&) const { return {}; }
  Reason operator()(const Ratio&) const { return {}; }
  Reason operator()(const Threshold&) const { return {}; }
  Reason operator()(const Budget&) const { return {}; }
  Reason operator()(const Rank&) const { return {}; }
  Reason operator()(const Score&) const { return {}; }
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
  for (const Statement& statement : plan.statements) {
    if (const auto what = std::visit(Unhonoured{}, statement)) diagnostics.push_back(unhonoured(*what, origin_of(statement)));
  }
  return diagnostics;
}

}  // namespace prunec

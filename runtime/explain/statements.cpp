// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/statements.h"

#include "runtime/bind/site_match.h"

namespace prunec {

namespace {

/// The sites that a statement names, and its word; no word: it speaks of no single norm.
struct Subject {
  std::string keyword;
  std::vector<SiteUse> sites = {};  ///< empty: everything
};

// A new kind of statement does not compile until it has its line here.
struct SubjectOf {
  Subject operator()(const Prune& s) const { return {"prune", s.sites}; }
  Subject operator()(const Skip& s) const { return {"skip", s.sites}; }
  Subject operator()(const SkipEnd&) const { return {""}; }
  Subject operator()(const Tie& s) const { return {"tie", both(s.sites, s.carrying)}; }
  Subject operator()(const TieFromGraph&) const { return {"tie from graph"}; }
  Subject operator()(const ConcatPropagate& s) const { return {"concat-propagate", both(s.sites, s.carrying)}; }
  Subject operator()(const ConcatSelect& s) const { return {"concat-select", s.sites}; }
  Subject operator()(const Groups& s) const { return {"groups", s.of}; }
  Subject operator()(const Shuffles&) const { return {"shuffles"}; }
  Subject operator()(const Divisible& s) const { return {"divisible", s.of}; }
  Subject operator()(const KeepAtLeast& s) const { return {"keep at least", s.of}; }
  Subject operator()(const RemoveAtMost& s) const { return {"remove at most", s.of}; }
  Subject operator()(const Ratio&) const { return {""}; }
  Subject operator()(const Threshold&) const { return {""}; }
  Subject operator()(const Budget&) const { return {""}; }
  Subject operator()(const Rank&) const { return {""}; }
  Subject operator()(const Score&) const { return {""}; }

  static std::vector<SiteUse> both(std::vector<SiteUse> a, const std::vector<SiteUse>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }
};

}  // namespace

std::vector<std::vector<StatementPlace>> statements_by_norm(const ConstraintPlan& plan, const ChannelGraph& graph,
                                                            const std::vector<std::string>& modules) {
  std::vector<std::vector<StatementPlace>> by_norm(graph.norms.size());
  SiteMatcher matcher(plan, graph, modules);
  for (const Statement& statement : plan.statements) {
    const Subject subject = std::visit(SubjectOf{}, statement);
    if (subject.keyword.empty()) continue;
    const StatementPlace place{subject.keyword, origin_of(statement)};
    if (subject.sites.empty()) {
      for (auto& places : by_norm) places.push_back(place);
    } else {
      for (const SiteMatch& site : matcher.find(subject.sites)) by_norm[site.norm].push_back(place);
    }
  }
  return by_norm;
}

}  // namespace prunec

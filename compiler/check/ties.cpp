// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"
#include "compiler/plan/policies.h"

namespace prunec::checks {
namespace {

/// Calls `visit` with the sites, the policy and the carried sites of every statement that lets sites vote.
template <typename Visit>
void for_each_vote(const ast::Statement& statement, Visit visit) {
  if (const auto* tie = std::get_if<ast::Tie>(&statement)) visit(tie->sites, tie->policy, tie->carrying);
  if (const auto* tie = std::get_if<ast::TieFromGraph>(&statement))
    visit(std::vector<ast::SiteUse>{}, tie->policy, std::vector<ast::SiteUse>{});
  if (const auto* concat = std::get_if<ast::ConcatPropagate>(&statement)) visit(concat->sites, concat->policy, concat->carrying);
}

/// Without filters a use covers all members; with them, two uses of one site may still be apart.
bool surely_overlap(const ast::SiteUse& a, const ast::SiteUse& b) {
  return a.name == b.name && (a.filters.empty() || b.filters.empty() || a.filters == b.filters);
}

/// The same text for ties of the same sites across the same labels, in whatever order they are listed.
std::string extent_of(const Scope& scope, const ast::Tie& tie) {
  std::vector<std::string> labels;
  for (const ast::Word& label : tie.across) labels.push_back(label.text);
  std::sort(labels.begin(), labels.end());
  std::string text = members_of(scope, tie.sites);
  for (const std::string& label : labels) text += "/" + label;
  return text;
}

std::string policy_of(const std::optional<ast::Word>& policy) {
  return policy ? policy->text : "mean";
}

void report_second_tie(Context& context, const ast::Tie& second, const Inherited& first, const ast::Tie& first_tie) {
  const bool same = policy_of(second.policy) == policy_of(first_tie.policy);
  const std::string message =
      same ? "the same sites are tied twice across the same labels"
           : "the same sites are tied by `" + policy_of(second.policy) + "` and by `" + policy_of(first_tie.policy) + "`";
  Diagnostic& diagnostic = context.report(same ? Code::kP0310 : Code::kP0309, second.at, message, "leave one of the two out");
  diagnostic.notes.push_back({range_in(first.scope, first_tie.at), "the first one is here"});
}

/// Which tie each site votes in. A site votes in one, or its channels would be decided upon twice.
class Voters {
 public:
  void add(const Inherited& one) {
    for (const ast::SiteUse& use : tie_of(one).sites) seen_[key_of(one.scope, use)].push_back({&use, &one});
  }

  void compare(Context& context, const Inherited& one) const {
    const ast::Tie& tie = tie_of(one);
    for (const ast::SiteUse& use : tie.sites) {
      const auto found = seen_.find(key_of(one.scope, use));
      if (found == seen_.end()) continue;
      const auto other = std::find_if(found->second.begin(), found->second.end(), [&](const Vote& vote) {
        const bool alike = tie.even_if_unrelated == tie_of(*vote.tie).even_if_unrelated;
        return alike && (covers(*vote.use, use) || covers(use, *vote.use));
      });
      if (other == found->second.end()) continue;
      const std::string mine = policy_of(tie.policy), others = policy_of(tie_of(*other->tie).policy);
      Diagnostic& diagnostic = context.report(
          mine == others ? Code::kP0310 : Code::kP0309, use.at,
          "`" + use.name.text + "` votes in two ties" + (mine == others ? "" : ", by `" + others + "` and by `" + mine + "`"),
          "put all that keeps the same channels into one tie");
      diagnostic.notes.push_back({range_in(other->tie->scope, other->use->at), "it votes here too"});
      return;
    }
  }

 private:
  struct Vote {
    const ast::SiteUse* use;
    const Inherited* tie;
  };

  static const ast::Tie& tie_of(const Inherited& one) { return std::get<ast::Tie>(*one.statement); }

  std::map<std::string, std::vector<Vote>> seen_;
};

}  // namespace

void unknown_policies(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_vote(statement, [&](const auto&, const std::optional<ast::Word>& policy, const auto&) {
        if (!policy || policy_named(policy->text)) return;
        Diagnostic& diagnostic = context.report(Code::kP0208, policy->at, "no policy is named `" + policy->text + "`");
        suggest(diagnostic, context.range(policy->at), policy->text, policy_names(),
                "the policies are " + quoted_list(policy_names(), "and"));
      });
    }
  }
}

void carried_voters(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_vote(statement, [&](const std::vector<ast::SiteUse>& sites, const auto&, const std::vector<ast::SiteUse>& carrying) {
        std::multimap<std::string_view, const ast::SiteUse*> voters;
        for (const ast::SiteUse& use : sites) voters.emplace(use.name.text, &use);
        for (const ast::SiteUse& carried : carrying) {
          const auto [first, last] = voters.equal_range(carried.name.text);
          const auto found = std::find_if(first, last, [&](const auto& entry) { return surely_overlap(*entry.second, carried); });
          if (found == last) continue;
          const ast::SiteUse* voter = found->second;
          Diagnostic& diagnostic = context.report(
              Code::kP0305, carried.at, "`" + carried.name.text + "` is carried by a tie that it votes in", "leave it out of `carrying`");
          diagnostic.notes.push_back({context.range(voter->at), "it votes here"});
        }
      });
    }
  }
}

void contradictory_ties(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    std::map<std::string, const Inherited*> ties;
    Voters voters;
    const Inherited* by_hand = nullptr;
    const Inherited* from_graph = nullptr;
    const auto all = context.statements(*strategy);
    for (const Inherited& one : all) {
      if (std::holds_alternative<ast::TieFromGraph>(*one.statement)) from_graph = &one;
      const auto* tie = std::get_if<ast::Tie>(one.statement);
      if (tie == nullptr) continue;
      if (by_hand == nullptr && !tie->even_if_unrelated) by_hand = &one;
      if (tie->policy && !policy_named(tie->policy->text)) continue;
      const auto [first, added] = ties.emplace(extent_of(one.scope, *tie), &one);
      if (!added && one.own) report_second_tie(context, *tie, *first->second, std::get<ast::Tie>(*first->second->statement));
      if (added && one.own) voters.compare(context, one);
      voters.add(one);
    }
    if (by_hand == nullptr || from_graph == nullptr || (!by_hand->own && !from_graph->own)) continue;
    const bool at_graph = from_graph->own;
    const Inherited& here = at_graph ? *from_graph : *by_hand;
    const Inherited& other = at_graph ? *by_hand : *from_graph;
    Diagnostic& diagnostic =
        context.report(Code::kP0311, ast::extent_of(*here.statement), "`tie from graph` takes the place of ties that are written by hand",
                       "leave out `tie from graph`, or the other ties; a tie that the graph does not have says `even if unrelated`");
    diagnostic.notes.push_back(
        {range_in(other.scope, ast::extent_of(*other.statement)), at_graph ? "tied by hand here" : "asked of the graph here"});
  }
}

void ties_without_prune(Context& context) {
  if (!context.sound()) return;
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto all = context.statements(*strategy);
    std::set<std::string> pruned;
    bool paths = false;
    for (const Inherited& one : all) {
      const auto* prune = std::get_if<ast::Prune>(one.statement);
      if (prune == nullptr) continue;
      for (const ast::SiteUse& use : prune->sites) {
        pruned.insert(key_of(one.scope, use));
        paths = paths || !is_name(*one.scope.rules, use);
      }
    }
    for (const Inherited& one : all) {
      const auto* tie = std::get_if<ast::Tie>(one.statement);
      if (tie == nullptr || !one.own) continue;
      // What a path stands for is known only with a model.
      const bool maybe = paths || std::any_of(tie->sites.begin(), tie->sites.end(), [&](const auto& use) {
                           return context.is_path(use) || pruned.contains(key_of(one.scope, use));
                         });
      if (maybe) continue;
      context.report(Code::kP0306, tie->at, "nothing that this tie holds together is pruned",
                     "prune `" + tie->sites.front().name.text + "`, or leave the tie out");
    }
  }
}

}  // namespace prunec::checks

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/bind.h"

#include <algorithm>
#include <map>

#include "runtime/bind/coupled_sets.h"
#include "runtime/bind/declaration.h"
#include "runtime/bind/declared_couplings.h"
#include "runtime/bind/group_cells.h"
#include "runtime/bind/reconcile.h"
#include "runtime/bind/removable_paths.h"
#include "runtime/bind/site_match.h"
#include "runtime/bind/widths.h"
#include "runtime/channels/channel_classes.h"

namespace prunec {

namespace {

std::string at(const Origin& origin) {
  return origin.file + ":" + std::to_string(origin.line);
}

/// Gives sets their roles, policies, widths and pools, and the reason for leaving one whole, if there is one.
class Binder {
 public:
  Binder(const ConstraintPlan& plan, const ChannelGraph& graph, const ChannelClasses& classes, const Declaration& declaration,
         const SiteMatcher& matcher)
      : graph_(graph),
        declaration_(declaration),
        matcher_(matcher),
        pin_of_class_(first_pins(graph, classes)),
        cells_(layers_that_keep_groups(graph, declaration), classes) {
    for (const Statement& statement : plan.statements) {
      if (const auto* rank = std::get_if<Rank>(&statement)) rank_ = *rank;
    }
  }

  void bind(CoupledSet& set, Diagnostics& diagnostics) {
    if (declaration_.from_graph) set.policy = declaration_.from_graph->policy;
    for (SetMember& member : set.members) {
      const NormDeclaration& rules = declaration_.norms[member.norm];
      member.role = rules.carried || !rules.pruned ? SiteRole::kCarried : SiteRole::kVoter;
      if (rules.tie_group) set.policy = declaration_.ties[*rules.tie_group].tie->policy;
    }
    set.pool = pool_of(set);
    const std::string uneven = cells_.divide(set);
    set.kept_because = reason_to_keep(set, uneven, diagnostics);
    if (!set.kept_because.empty()) {
      for (SetMember& member : set.members) member.role = SiteRole::kKept;
    }
    set_widths(declaration_, set);
    const auto skipped = std::find_if(set.members.begin(), set.members.end(),
                                      [&](const SetMember& member) { return declaration_.norms[member.norm].skipped.has_value(); });
    if (skipped != set.members.end()) set.floors.push_back({"skip", set.width, *declaration_.norms[skipped->norm].skipped});
  }

  std::vector<std::string> take_pools() { return std::move(pools_); }

 private:
  std::string reason_to_keep(const CoupledSet& set, const std::string& uneven, Diagnostics& diagnostics) const {
    for (const SetMember& member : set.members) {
      const NormDeclaration& rules = declaration_.norms[member.norm];
      if (rules.skipped) return "`skip` at " + at(*rules.skipped) + " keeps `" + graph_.norms[member.norm].path + "` whole";
      if (!rules.pruned && !rules.carried && !declaration_.from_graph)
        return "no statement prunes `" + graph_.norms[member.norm].path + "`, which has the same channels";
    }
    const auto pinned = std::find_if(set.classes.begin(), set.classes.end(), [&](std::size_t c) { return pin_of_class_[c] != nullptr; });
    if (pinned != set.classes.end()) {
      const Pin& pin = *pin_of_class_[*pinned];
      report_whole(set, "a channel of it " + pin.reason, pin.layer, diagnostics);
      return "a channel " + pin.reason;
    }
    const bool is_voted_on =
        std::any_of(set.members.begin(), set.members.end(), [](const SetMember& m) { return m.role == SiteRole::kVoter; });
    const std::string reason = !is_voted_on ? "every norm on its channels is carried, so nobody votes on them" : uneven;
    if (!reason.empty()) report_whole(set, reason, "", diagnostics);
    return reason;
  }

  void report_whole(const CoupledSet& set, const std::string& reason, const std::string& layer, Diagnostics& diagnostics) const {
    for (const SetMember& member : set.members) {
      const Prune* prune = declaration_.norms[member.norm].pruned;
      if (prune == nullptr) continue;
      const std::string& path = graph_.norms[member.norm].path;
      Diagnostic diagnostic{Code::kP0508, "`" + path + "` stays whole: " + reason};
      diagnostic.place = prune->origin;
      if (!layer.empty()) diagnostic.notes.push_back({LayerPlace{layer}, "this is where"});
      diagnostic.help = "leave it out with `skip " + path + "` to say that this is meant";
      diagnostics.push_back(std::move(diagnostic));
    }
  }

  /// A set competes where its first voter does.
  std::size_t pool_of(const CoupledSet& set) {
    std::string name;
    if (rank_.scope != RankScope::kGlobal) {
      const auto voter =
          std::find_if(set.members.begin(), set.members.end(), [](const SetMember& m) { return m.role == SiteRole::kVoter; });
      const std::size_t norm = (voter == set.members.end() ? set.members.front() : *voter).norm;
      name = rank_.scope == RankScope::kPerSite ? graph_.norms[norm].path + "#" + std::to_string(set.classes.front())
                                                : rank_.label + " " + matcher_.value_of(rank_.label, norm).value_or("(none)");
    }
    const auto known = std::find(pools_.begin(), pools_.end(), name);
    if (known == pools_.end()) return pools_.push_back(std::move(name)), pools_.size() - 1;
    return static_cast<std::size_t>(known - pools_.begin());
  }

  const ChannelGraph& graph_;
  const Declaration& declaration_;
  const SiteMatcher& matcher_;
  std::vector<const Pin*> pin_of_class_;  ///< the first pin on a class, or null
  GroupCells cells_;
  Rank rank_;
  std::vector<std::string> pools_;
};

Score score_of(const ConstraintPlan& plan) {
  Score score;
  for (const Statement& statement : plan.statements) {
    if (const auto* stated = std::get_if<Score>(&statement)) score = *stated;
  }
  return score;
}

/// Layers without a norm have no gamma to score.
Diagnostics sites_without_scale(const Declaration& declaration, const ChannelGraph& graph, const Score& score) {
  Diagnostics diagnostics;
  for (std::size_t norm = 0; norm < graph.norms.size(); ++norm) {
    const Prune* prune = declaration.norms[norm].pruned;
    if (score.kind != ScoreKind::kGamma || prune == nullptr || graph.norms[norm].has_scale()) continue;
    Diagnostic diagnostic{Code::kP0510, "`" + graph.norms[norm].path + "` has no scale to be scored by: no norm follows it"};
    diagnostic.place = prune->origin;
    diagnostic.help = "score layers by their filters, with `score weight l1` or `score weight l2`, or leave it out";
    diagnostics.push_back(std::move(diagnostic));
  }
  return diagnostics;
}

}  // namespace

Outcome<BoundPlan> bind_plan(const ConstraintPlan& plan, const ChannelGraph& model_graph, const std::vector<std::string>& modules) {
  Diagnostics diagnostics;
  SiteMatcher matcher(plan, model_graph, modules);
  const Declaration declaration = declare(plan, model_graph, matcher, diagnostics);
  append(diagnostics, matcher.diagnostics());
  if (has_error(diagnostics)) return diagnostics;

  append(diagnostics, sites_without_scale(declaration, model_graph, score_of(plan)));
  if (has_error(diagnostics)) return diagnostics;

  auto held = with_declared_couplings(declaration, model_graph);
  append(diagnostics, std::move(held.diagnostics));
  if (!held) return diagnostics;
  const ChannelGraph& graph = *held;
  const ChannelClasses classes = classes_of(graph);
  std::vector<CoupledSet> sets = coupled_sets(graph, classes);
  append(diagnostics, reconcile(declaration, sets, graph, matcher));
  if (has_error(diagnostics)) return diagnostics;

  std::erase_if(sets, [&](const CoupledSet& set) {
    return std::none_of(set.members.begin(), set.members.end(),
                        [&](const SetMember& m) { return declaration.norms[m.norm].pruned != nullptr; });
  });
  Binder binder(plan, graph, classes, declaration, matcher);
  for (CoupledSet& set : sets) binder.bind(set, diagnostics);
  std::vector<bool> shuffles;
  for (const Shuffle& shuffle : graph.shuffles) shuffles.push_back(shuffle.selected);
  BoundPlan bound{classes.class_of, classes.count,       std::move(sets),           binder.take_pools(),
                  score_of(plan),   std::move(shuffles), declaration.selected_reads};
  append(diagnostics, add_removable_paths(declaration, graph, classes, bound));
  if (has_error(diagnostics)) return diagnostics;
  return {std::move(bound), std::move(diagnostics)};
}

}  // namespace prunec

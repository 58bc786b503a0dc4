// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/bind.h"

#include <algorithm>
#include <numeric>

#include "runtime/bind/channel_classes.h"
#include "runtime/bind/coupled_sets.h"
#include "runtime/bind/declaration.h"
#include "runtime/bind/honoured.h"
#include "runtime/bind/reconcile.h"
#include "runtime/bind/site_match.h"

namespace prunec {

namespace {

std::string at(const Origin& origin) {
  return origin.file + ":" + std::to_string(origin.line);
}

class Binder {
 public:
  Binder(const ChannelGraph& graph, const ChannelClasses& classes, const Declaration& declaration)
      : graph_(graph), declaration_(declaration), pin_of_class_(first_pins(graph, classes)) {}

  /// Gives the set its roles, policy and widths, and the reason for leaving it whole, if there is one.
  void bind(CoupledSet& set, Diagnostics& diagnostics) const {
    for (SetMember& member : set.members) {
      const NormDeclaration& rules = declaration_.norms[member.norm];
      member.role = rules.carried || !rules.pruned ? SiteRole::kCarried : SiteRole::kVoter;
      if (rules.tie_group) set.policy = declaration_.ties[*rules.tie_group].tie->policy;
    }
    set.kept_because = reason_to_keep(set, diagnostics);
    if (!set.kept_because.empty()) {
      for (SetMember& member : set.members) member.role = SiteRole::kKept;
    }
    for (const Declaration::Width& width : declaration_.widths) {
      if (!applies(width, set)) continue;
      set.multiple = std::lcm(set.multiple, width.statement->multiple);
      set.rounding = width.statement->rounding;
    }
  }

 private:
  std::string reason_to_keep(const CoupledSet& set, Diagnostics& diagnostics) const {
    for (const SetMember& member : set.members) {
      const NormDeclaration& rules = declaration_.norms[member.norm];
      if (rules.skipped) return "`skip` at " + at(*rules.skipped) + " keeps `" + graph_.norms[member.norm].path + "` whole";
      if (!rules.pruned && !rules.carried)
        return "no statement prunes `" + graph_.norms[member.norm].path + "`, which has the same channels";
    }
    const auto pinned = std::find_if(set.classes.begin(), set.classes.end(), [&](std::size_t c) { return pin_of_class_[c] != nullptr; });
    if (pinned == set.classes.end()) return {};
    const Pin& pin = *pin_of_class_[*pinned];
    for (const SetMember& member : set.members) {
      if (const Prune* prune = declaration_.norms[member.norm].pruned) diagnostics.push_back(pinned_site(*prune, member.norm, pin));
    }
    return "a channel " + pin.reason;
  }

  Diagnostic pinned_site(const Prune& prune, std::size_t norm, const Pin& pin) const {
    Diagnostic diagnostic{Code::kP0508, "`" + graph_.norms[norm].path + "` stays whole: a channel of it " + pin.reason};
    diagnostic.place = prune.origin;
    if (!pin.layer.empty()) diagnostic.notes.push_back({LayerPlace{pin.layer}, "this is where"});
    diagnostic.help = "leave it out with `skip " + graph_.norms[norm].path + "` to say that this is meant";
    return diagnostic;
  }

  static bool applies(const Declaration::Width& width, const CoupledSet& set) {
    return width.norms.empty() || std::any_of(set.members.begin(), set.members.end(), [&](const SetMember& member) {
             return std::find(width.norms.begin(), width.norms.end(), member.norm) != width.norms.end();
           });
  }

  const ChannelGraph& graph_;
  const Declaration& declaration_;
  std::vector<const Pin*> pin_of_class_;  ///< the first pin on a class, or null
};

}  // namespace

Outcome<BoundPlan> bind_plan(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules) {
  Diagnostics diagnostics = refuse_unhonoured(plan);
  if (has_error(diagnostics)) return diagnostics;
  SiteMatcher matcher(plan, graph, modules);
  const Declaration declaration = declare(plan, graph, matcher, diagnostics);
  append(diagnostics, matcher.diagnostics());
  if (has_error(diagnostics)) return diagnostics;

  ChannelClasses classes = classes_of(graph);
  std::vector<CoupledSet> sets = coupled_sets(graph, classes);
  append(diagnostics, reconcile(declaration, sets, graph, matcher));
  if (has_error(diagnostics)) return diagnostics;

  std::erase_if(sets, [&](const CoupledSet& set) {
    return std::none_of(set.members.begin(), set.members.end(),
                        [&](const SetMember& m) { return declaration.norms[m.norm].pruned != nullptr; });
  });
  const Binder binder(graph, classes, declaration);
  for (CoupledSet& set : sets) binder.bind(set, diagnostics);
  return {BoundPlan{std::move(classes.class_of), classes.count, std::move(sets)}, std::move(diagnostics)};
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/declaration.h"

#include <algorithm>
#include <set>

#include "runtime/channels/channel_classes.h"

namespace prunec {

namespace {

class Declarer {
 public:
  Declarer(const ChannelGraph& graph, SiteMatcher& matcher, Diagnostics& diagnostics)
      : graph_(graph), matcher_(matcher), diagnostics_(diagnostics) {
    declaration_.norms.resize(graph.norms.size());
    declaration_.selected_reads.resize(graph.reads.size(), false);
  }

  Declaration run(const ConstraintPlan& plan) {
    for (const Statement& statement : plan.statements) {
      if (const auto* prune = std::get_if<Prune>(&statement)) mark_pruned(*prune);
    }
    // Skips count among what the whole plan prunes, so they come after.
    for (const Statement& statement : plan.statements) {
      if (const auto* skip = std::get_if<Skip>(&statement)) mark_skipped(matcher_.find(skip->sites), skip->origin);
      if (const auto* skip = std::get_if<SkipEnd>(&statement)) mark_end(*skip);
      if (const auto* tie = std::get_if<Tie>(&statement)) add_tie(*tie);
      if (const auto* concat = std::get_if<ConcatPropagate>(&statement)) add_concatenation(*concat);
      if (const auto* select = std::get_if<ConcatSelect>(&statement)) add_selections(*select);
      if (const auto* tie = std::get_if<TieFromGraph>(&statement)) declaration_.from_graph = tie;
      if (const auto* shuffles = std::get_if<Shuffles>(&statement)) declaration_.shuffles = shuffles->rule;
      if (const auto* divisible = std::get_if<Divisible>(&statement)) add_scoped(*divisible, declaration_.divisible);
      if (const auto* least = std::get_if<KeepAtLeast>(&statement)) add_scoped(*least, declaration_.keep_at_least);
      if (const auto* most = std::get_if<RemoveAtMost>(&statement)) add_scoped(*most, declaration_.remove_at_most);
      if (const auto* groups = std::get_if<Groups>(&statement)) add_scoped(*groups, declaration_.groups);
    }
    return std::move(declaration_);
  }

 private:
  void mark_pruned(const Prune& prune) {
    for (const SiteMatch& site : matcher_.find(prune.sites)) {
      if (!declaration_.norms[site.norm].pruned) declaration_.norms[site.norm].pruned = &prune;
    }
  }

  void mark_skipped(const std::vector<SiteMatch>& sites, const Origin& origin) {
    for (const SiteMatch& site : sites) {
      if (!declaration_.norms[site.norm].skipped) declaration_.norms[site.norm].skipped = origin;
    }
  }

  void mark_end(const SkipEnd& skip) {
    std::vector<SiteMatch> sites = matcher_.find(skip.of);
    if (skip.of.empty()) {
      for (std::size_t i = 0; i < declaration_.norms.size(); ++i) {
        if (declaration_.norms[i].pruned) sites.push_back({i, {}});
      }
    }
    const std::size_t count = std::min(skip.count, sites.size());
    if (skip.end == End::kFirst) {
      sites.resize(count);
    } else {
      sites.erase(sites.begin(), sites.end() - static_cast<std::ptrdiff_t>(count));
    }
    mark_skipped(sites, skip.origin);
  }

  void add_tie(const Tie& tie) {
    std::map<Labels, TieGroup> groups;
    const auto values = [&](const SiteMatch& site) -> std::optional<Labels> {
      Labels across;
      for (const std::string& label : tie.across) {
        const auto value = site.labels.find(label);
        if (value == site.labels.end()) return std::nullopt;
        across.insert(*value);
      }
      return across;
    };
    for (const SiteMatch& site : matcher_.find(tie.sites)) {
      if (const auto across = values(site)) groups[*across].voters.push_back(site.norm);
    }
    for (const SiteMatch& site : matcher_.find(tie.carrying)) {
      // A carried site of a label value without voters is held to nothing by this tie.
      if (const auto across = values(site); across && groups.contains(*across)) groups[*across].carried.push_back(site.norm);
    }
    const auto shared = std::make_shared<const Tie>(tie);
    for (auto& [across, group] : groups) {
      group.tie = shared;
      group.across = across;
      add_group(std::move(group));
    }
  }

  void add_concatenation(const ConcatPropagate& concat) {
    TieGroup group;
    group.tie = std::make_shared<const Tie>(Tie{concat.sites, {}, concat.policy, concat.carrying, false, concat.origin});
    group.concatenation = true;
    for (const SiteMatch& site : matcher_.find(concat.sites)) group.voters.push_back(site.norm);
    if (concat.sites.empty()) group.voters = readers_of_concatenations();
    for (const SiteMatch& site : matcher_.find(concat.carrying)) group.carried.push_back(site.norm);
    add_group(std::move(group));
  }

  void add_selections(const ConcatSelect& select) {
    for (const SiteMatch& site : matcher_.find(select.sites)) {
      const std::string& norm = graph_.norms[site.norm].path;
      bool reads = false;
      for (std::size_t i = 0; i < graph_.reads.size(); ++i) {
        if (graph_.reads[i].layer != norm) continue;
        reads = true;
        declaration_.selected_reads[i] = true;
      }
      if (!reads) report_no_concatenation(graph_.norms[site.norm], select);
    }
  }

  void report_no_concatenation(const NormSite& norm, const ConcatSelect& select) {
    Diagnostic diagnostic{Code::kP0511, "`" + norm.path + "` reads no concatenation to select its channels from"};
    diagnostic.place = select.origin;
    if (norm.kind != "batch_norm" && norm.kind != "instance_norm") {
      diagnostic.notes.push_back({LayerPlace{norm.path}, "it is of kind `" + norm.kind + "`, before which prunec puts no selection"});
    }
    diagnostic.help = "name norms that read what the model concatenates; `prunec inspect` shows what holds each norm's channels";
    diagnostics_.push_back(std::move(diagnostic));
  }

  /// The norms that the plan prunes and that read channels which more than one layer made.
  std::vector<std::size_t> readers_of_concatenations() const {
    const ChannelClasses classes = classes_of(graph_);
    std::vector<std::size_t> makers(classes.count, graph_.axes.size());
    for (std::size_t axis = 0; axis < graph_.axes.size(); ++axis) {
      for (const ChannelId id : graph_.axes[axis].ids) {
        if (id != kNoChannel) makers[classes.class_of[id]] = std::min(makers[classes.class_of[id]], axis);
      }
    }
    std::vector<std::size_t> readers;
    for (std::size_t norm = 0; norm < graph_.norms.size(); ++norm) {
      std::set<std::size_t> mine;
      for (const ChannelId id : graph_.norms[norm].ids) mine.insert(id == kNoChannel ? graph_.axes.size() : makers[classes.class_of[id]]);
      if (declaration_.norms[norm].pruned && mine.size() > 1) readers.push_back(norm);
    }
    return readers;
  }

  void add_group(TieGroup group) {
    const std::size_t index = declaration_.ties.size();
    for (const std::size_t norm : group.members()) {
      NormDeclaration& member = declaration_.norms[norm];
      if (member.tie_group) {
        report_tied_twice(norm, *group.tie, *declaration_.ties[*member.tie_group].tie);
        continue;
      }
      member.tie_group = index;
      member.carried = std::find(group.voters.begin(), group.voters.end(), norm) == group.voters.end();
    }
    declaration_.ties.push_back(std::move(group));
  }

  void report_tied_twice(std::size_t norm, const Tie& tie, const Tie& earlier) {
    Diagnostic diagnostic{Code::kP0509, "`" + graph_.norms[norm].path + "` is in two ties"};
    diagnostic.place = tie.origin;
    diagnostic.notes.push_back({earlier.origin, "tied here before"});
    diagnostic.help = "put all that keeps the same channels into one `tie`";
    diagnostics_.push_back(std::move(diagnostic));
  }

  template <typename S>
  void add_scoped(const S& statement, std::vector<Scoped<S>>& list) {
    Scoped<S> scoped{&statement, {}};
    for (const SiteMatch& site : matcher_.find(statement.of)) scoped.norms.push_back(site.norm);
    if (statement.of.empty() || !scoped.norms.empty()) list.push_back(std::move(scoped));
  }

  const ChannelGraph& graph_;
  SiteMatcher& matcher_;
  Diagnostics& diagnostics_;
  Declaration declaration_;
};

}  // namespace

std::vector<std::size_t> TieGroup::members() const {
  std::vector<std::size_t> all = voters;
  all.insert(all.end(), carried.begin(), carried.end());
  std::sort(all.begin(), all.end());
  return all;
}

Declaration declare(const ConstraintPlan& plan, const ChannelGraph& graph, SiteMatcher& matcher, Diagnostics& diagnostics) {
  return Declarer(graph, matcher, diagnostics).run(plan);
}

}  // namespace prunec

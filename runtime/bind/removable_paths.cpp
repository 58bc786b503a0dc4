// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/removable_paths.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "runtime/bind/widths.h"
#include "runtime/channels/union.h"
#include "runtime/model/module_path.h"

namespace prunec {

namespace {

using Indices = std::vector<std::size_t>;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

bool lets_vanish(const Scoped<KeepAtLeast>& keep) {
  const auto* count = std::get_if<std::size_t>(&keep.statement->least);
  return count != nullptr && *count == 0;
}

bool speaks_of(const Scoped<KeepAtLeast>& keep, const CoupledSet& set) {
  return !members_of(keep, set).empty();
}

class PathFinder {
 public:
  PathFinder(const Declaration& declaration, const ChannelGraph& graph, const ChannelClasses& classes, BoundPlan& bound)
      : declaration_(declaration),
        graph_(graph),
        classes_(classes),
        bound_(bound),
        groups_(graph.branches.size()),
        set_of_class_(classes.count, kNone) {
    for (std::size_t s = 0; s < bound.sets.size(); ++s) {
      for (const std::size_t c : bound.sets[s].classes) set_of_class_[c] = s;
    }
    lies_elsewhere_.resize(graph.branches.size(), false);
    branch_of_set_.resize(bound.sets.size(), kNone);
    next_.resize(graph.branches.size());
    for (std::size_t b = 0; b < next_.size(); ++b) branch_of_path_.emplace(graph.branches[b].path, b);
    for (std::size_t b = 0; b < next_.size(); ++b) {
      for (const std::string& next : graph.branches[b].next) {
        const auto reader = branch_at(next);
        if (reader) next_[b].push_back(*reader);
        if (!reader) lies_elsewhere_[b] = true;
      }
    }
  }

  Diagnostics run() {
    for (std::size_t s = 0; s < bound_.sets.size(); ++s) assign(s);
    for (std::size_t b = 0; b < graph_.branches.size(); ++b) {
      if (next_[b].size() == 1) groups_.join(b, next_[b].front());
    }
    for (std::size_t b = 0; b < graph_.branches.size(); ++b) {
      const auto& outputs = graph_.branches[b].outputs;
      const bool others_hold_them = std::any_of(outputs.begin(), outputs.end(), [&](ChannelId id) {
        const std::size_t s = set_of(id);
        return s == kNone || branch_of_set_[s] == kNone || groups_.find(branch_of_set_[s]) != groups_.find(b);
      });
      if (others_hold_them) lies_elsewhere_[b] = true;
    }
    collect();
    add_readers();
    add_alternatives();
    return refuse_others();
  }

 private:
  std::size_t set_of(ChannelId id) const { return set_of_class_[classes_.class_of[id]]; }

  std::optional<std::size_t> branch_at(const std::string& name) const {
    for (const std::string& module : chain_of(name)) {
      if (const auto found = branch_of_path_.find(module); found != branch_of_path_.end()) return found->second;
    }
    return std::nullopt;
  }

  /// Branches that share a set go together; one that shares it with something else stays.
  void assign(std::size_t s) {
    bool outside = false;
    for (const SetMember& member : bound_.sets[s].members) {
      const auto branch = branch_at(graph_.norms[member.norm].path);
      if (!branch) {
        outside = true;
      } else if (branch_of_set_[s] == kNone) {
        branch_of_set_[s] = *branch;
      } else {
        groups_.join(branch_of_set_[s], *branch);
      }
    }
    if (outside && branch_of_set_[s] != kNone) lies_elsewhere_[branch_of_set_[s]] = true;
  }

  bool may_vanish(std::size_t s) const {
    const CoupledSet& set = bound_.sets[s];
    const auto& keeps = declaration_.keep_at_least;
    const bool bounded = !set.kept_because.empty() ||
                         std::any_of(set.floors.begin(), set.floors.end(), [](const WidthFloor& floor) { return floor.least > 0; });
    return !bounded && std::any_of(keeps.begin(), keeps.end(), [&](const auto& keep) { return lets_vanish(keep) && speaks_of(keep, set); });
  }

  void collect() {
    std::map<std::size_t, RemovablePath> paths;
    std::set<std::size_t> fixed;
    for (std::size_t b = 0; b < graph_.branches.size(); ++b) {
      paths[groups_.find(b)].modules.push_back(graph_.branches[b].path);
      if (lies_elsewhere_[b]) fixed.insert(groups_.find(b));
    }
    for (std::size_t s = 0; s < bound_.sets.size(); ++s) {
      if (branch_of_set_[s] == kNone) continue;
      const std::size_t group = groups_.find(branch_of_set_[s]);
      paths[group].sets.push_back(s);
      if (!may_vanish(s)) blocker_.try_emplace(group, s);
    }
    // What several branches read goes only with all of them.
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t b = 0; b < next_.size(); ++b) {
        const std::size_t own = groups_.find(b);
        for (const std::size_t reader : next_[b]) {
          const std::size_t group = groups_.find(reader);
          if (fixed.contains(group)) changed = fixed.insert(own).second || changed;
          if (blocker_.contains(group)) changed = blocker_.try_emplace(own, blocker_.at(group)).second || changed;
        }
      }
    }
    for (auto& [group, path] : paths) {
      if (fixed.contains(group) || blocker_.contains(group) || path.sets.empty()) continue;
      path_of_group_.emplace(group, bound_.paths.size());
      for (const std::size_t s : path.sets) path_of_set_.emplace(s, bound_.paths.size());
      bound_.paths.push_back(std::move(path));
    }
    fixed_ = std::move(fixed);
  }

  std::size_t path_at(std::size_t branch) {
    const auto path = path_of_group_.find(groups_.find(branch));
    return path == path_of_group_.end() ? kNone : path->second;
  }

  void add_readers() {
    for (std::size_t b = 0; b < next_.size(); ++b) {
      if (next_[b].size() < 2) continue;
      std::set<std::size_t> readers;
      for (const std::size_t reader : next_[b]) readers.insert(path_at(reader));
      if (readers.contains(kNone)) continue;
      const std::size_t own = path_at(b);
      Indices list(readers.begin(), readers.end());
      own == kNone ? bound_.alternatives.push_back(std::move(list)) : std::swap(bound_.paths[own].readers, list);
    }
  }

  /// The layers that read nothing but such paths: all of these cannot go, unless the layer goes with them.
  void add_alternatives() {
    std::set<Indices> known;
    for (const ParameterAxis& axis : graph_.axes) {
      std::set<std::size_t> paths;
      const bool all = std::all_of(axis.ids.begin(), axis.ids.end(), [&](ChannelId id) {
        const auto path = id == kNoChannel ? path_of_set_.end() : path_of_set_.find(set_of(id));
        return path != path_of_set_.end() && (paths.insert(path->second), true);
      });
      if (!all || goes_with(branch_at(axis.tensor), paths)) continue;
      if (Indices list(paths.begin(), paths.end()); known.insert(list).second) bound_.alternatives.push_back(std::move(list));
    }
  }

  /// Whether the branch, if it is one, is on one of the paths or a known reader of one.
  bool goes_with(std::optional<std::size_t> branch, const std::set<std::size_t>& paths) {
    const std::size_t own = branch ? path_at(*branch) : kNone;
    return own != kNone && std::any_of(paths.begin(), paths.end(), [&](std::size_t path) {
             const Indices& readers = bound_.paths[path].readers;
             return path == own || std::find(readers.begin(), readers.end(), own) != readers.end();
           });
  }

  Diagnostics refuse_others() {
    Diagnostics diagnostics;
    for (const auto& keep : declaration_.keep_at_least) {
      if (!lets_vanish(keep) || keep.norms.empty()) continue;
      for (std::size_t s = 0; s < bound_.sets.size(); ++s) {
        const CoupledSet& set = bound_.sets[s];
        if (!speaks_of(keep, set) || path_of_set_.contains(s) || !set.kept_because.empty()) continue;
        diagnostics.push_back(refusal(*keep.statement, s));
        break;
      }
    }
    return diagnostics;
  }

  Diagnostic refusal(const KeepAtLeast& statement, std::size_t s) {
    const std::string& norm = graph_.norms[bound_.sets[s].members.front().norm].path;
    Diagnostic diagnostic{Code::kP0513, "`" + norm + "` cannot lose all of its channels"};
    diagnostic.place = statement.origin;
    const std::size_t branch = branch_of_set_[s];
    const auto blocker = branch == kNone ? blocker_.end() : blocker_.find(groups_.find(branch));
    if (branch == kNone || fixed_.contains(groups_.find(branch)) || blocker == blocker_.end()) {
      diagnostic.notes.push_back({LayerPlace{norm},
                                  "only a path of modules that ends in a concatenation, and shares its channels with "
                                  "nothing else, can be left out of the model"});
      diagnostic.help = "leave it out of the statement";
      return diagnostic;
    }
    const std::string& other = graph_.norms[bound_.sets[blocker->second].members.front().norm].path;
    diagnostic.notes.push_back(
        {LayerPlace{graph_.branches[branch].path}, "this path goes only whole, and `" + other + "` has to keep channels"});
    diagnostic.help = "name all norms of the path in the statement, and set no other bound for them";
    return diagnostic;
  }

  const Declaration& declaration_;
  const ChannelGraph& graph_;
  const ChannelClasses& classes_;
  BoundPlan& bound_;
  Union groups_;  ///< of branches that go together
  Indices set_of_class_, branch_of_set_;
  std::map<std::string, std::size_t> branch_of_path_;
  std::vector<Indices> next_;                   ///< by branch: those that read it
  std::vector<bool> lies_elsewhere_;            ///< by branch
  std::set<std::size_t> fixed_;                 ///< groups of branches of which one lies elsewhere
  std::map<std::size_t, std::size_t> blocker_;  ///< by group: a set that has to keep channels
  std::map<std::size_t, std::size_t> path_of_group_, path_of_set_;
};

}  // namespace

Diagnostics add_removable_paths(const Declaration& declaration, const ChannelGraph& graph, const ChannelClasses& classes,
                                BoundPlan& bound) {
  const auto& keeps = declaration.keep_at_least;
  if (std::none_of(keeps.begin(), keeps.end(), lets_vanish)) return {};
  return PathFinder(declaration, graph, classes, bound).run();
}

}  // namespace prunec

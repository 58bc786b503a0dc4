// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/pruning_rules.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace prunec::test {

namespace {

bool is_named(const std::vector<SiteUse>& uses, const std::string& path) {
  return std::any_of(uses.begin(), uses.end(), [&](const SiteUse& use) { return use.name == path; });
}

/// The last `groups` statement decides for all.
bool groups_go(const ConstraintPlan& plan) {
  bool go = false;
  for (const Statement& statement : plan.statements) {
    if (const auto* groups = std::get_if<Groups>(&statement)) go = groups->rule == GroupRule::kDrop;
  }
  return go;
}

/// For each channel id the least that must have its fate.
std::vector<ChannelId> fates(const PruningCase& pruning) {
  std::vector<ChannelId> fate(pruning.graph.channel_count);
  std::iota(fate.begin(), fate.end(), ChannelId{0});
  const auto join = [&](ChannelId a, ChannelId b) {
    const ChannelId from = std::max(fate[a], fate[b]);
    const ChannelId to = std::min(fate[a], fate[b]);
    std::replace(fate.begin(), fate.end(), from, to);
  };
  for (const Coupling& coupling : pruning.graph.couplings) {
    for (const auto& [a, b] : coupling.pairs) join(a, b);
  }
  if (!groups_go(pruning.plan)) return fate;
  for (const GroupedConvolution& layer : pruning.graph.grouped) {
    for (const std::vector<ChannelId>* side : {&layer.inputs, &layer.outputs}) {
      const std::size_t share = side->size() / static_cast<std::size_t>(layer.groups);
      for (std::size_t p = 0; p < side->size(); ++p)
        join(layer.inputs[p / share * (layer.inputs.size() / static_cast<std::size_t>(layer.groups))], (*side)[p]);
    }
  }
  return fate;
}

/// Fates that lie in the same norms equally often: these are pruned together, and widths are counted among them.
struct Family {
  std::map<std::size_t, std::size_t> norms;  ///< how many positions each fate has there
  std::size_t width = 0, kept = 0;
};

std::vector<Family> families(const PruningCase& pruning, const std::vector<bool>& removed) {
  const std::vector<ChannelId> fate = fates(pruning);
  std::map<ChannelId, std::map<std::size_t, std::size_t>> where;
  for (std::size_t norm = 0; norm < pruning.graph.norms.size(); ++norm) {
    for (const ChannelId id : pruning.graph.norms[norm].ids) ++where[fate[id]][norm];
  }
  std::map<std::map<std::size_t, std::size_t>, Family> by_norms;
  for (const auto& [id, norms] : where) {
    Family& family = by_norms[norms];
    family.norms = norms;
    ++family.width;
    if (!removed[id]) ++family.kept;
  }
  std::vector<Family> list;
  for (auto& entry : by_norms) list.push_back(std::move(entry.second));
  return list;
}

std::size_t share_of(double share, std::size_t width) {
  return static_cast<std::size_t>(std::ceil(share * static_cast<double>(width) - 1e-6));
}

std::vector<std::size_t> kept_by_group(const std::vector<ChannelId>& ids, std::int64_t groups, const std::vector<bool>& removed) {
  std::vector<std::size_t> kept(static_cast<std::size_t>(groups), 0);
  for (std::size_t p = 0; p < ids.size(); ++p) {
    if (!removed[ids[p]]) ++kept[p / (ids.size() / kept.size())];
  }
  return kept;
}

bool groups_hold(const GroupedConvolution& layer, bool go, const std::vector<bool>& removed) {
  const auto inputs = kept_by_group(layer.inputs, layer.groups, removed), outputs = kept_by_group(layer.outputs, layer.groups, removed);
  const std::size_t whole_in = layer.inputs.size() / inputs.size(), whole_out = layer.outputs.size() / outputs.size();
  for (std::size_t g = 0; g < inputs.size(); ++g) {
    const bool even = inputs[g] == inputs[0] && outputs[g] == outputs[0];
    const bool whole = (inputs[g] == whole_in && outputs[g] == whole_out) || inputs[g] + outputs[g] == 0;
    if (go ? !whole : !even) return false;
  }
  return true;
}

class Judge {
 public:
  Judge(const PruningCase& pruning, const std::vector<bool>& removed) : case_(pruning), removed_(removed) {}

  std::set<std::string> broken() {
    for (const Coupling& coupling : case_.graph.couplings) {
      for (const auto& [a, b] : coupling.pairs) expect(removed_[a] == removed_[b], "coupling");
    }
    for (const Pin& pin : case_.graph.pins) {
      for (const ChannelId id : pin.ids) expect(!removed_[id], "pin");
    }
    for (const Statement& statement : case_.plan.statements) {
      const auto* skip = std::get_if<Skip>(&statement);
      for (const NormSite& norm : case_.graph.norms) {
        if (!skip || !is_named(skip->sites, norm.path)) continue;
        for (const ChannelId id : norm.ids) expect(!removed_[id], "skip");
      }
    }
    for (const GroupedConvolution& layer : case_.graph.grouped) expect(groups_hold(layer, groups_go(case_.plan), removed_), "groups");
    for (const Family& family : families(case_, removed_)) {
      expect(family.kept > 0, "last channel");
      for (const auto& [norm, times] : family.norms) judge(family, case_.graph.norms[norm].path, times);
    }
    return std::move(broken_);
  }

 private:
  void expect(bool holds, const char* rule) {
    if (!holds) broken_.insert(rule);
  }

  void judge(const Family& family, const std::string& path, std::size_t times) {
    bool allowed = false;
    for (const Statement& statement : case_.plan.statements) {
      if (const auto* prune = std::get_if<Prune>(&statement)) allowed = allowed || is_named(prune->sites, path);
      if (const auto* tie = std::get_if<Tie>(&statement)) allowed = allowed || is_named(tie->carrying, path);
      allowed = allowed || std::holds_alternative<TieFromGraph>(statement);
      std::visit([&](const auto& s) { hold(s, family, path, times); }, statement);
    }
    expect(allowed || family.kept == family.width, "unpruned");
  }

  template <typename S>
  void hold(const S& s, const Family& family, const std::string& path, std::size_t times) {
    if constexpr (requires { s.of; }) {
      if (!s.of.empty() && !is_named(s.of, path)) return;
    }
    if constexpr (std::is_same_v<S, Divisible>) expect(family.kept == family.width || family.kept * times % s.multiple == 0, "divisible");
    if constexpr (std::is_same_v<S, RemoveAtMost>) expect(family.kept >= share_of(1 - s.fraction, family.width), "remove at most");
    if constexpr (std::is_same_v<S, KeepAtLeast>) {
      const auto* number = std::get_if<std::size_t>(&s.least);
      const bool holds = number ? family.kept == family.width || family.kept * times >= *number
                                : family.kept >= share_of(std::get<double>(s.least), family.width);
      expect(holds, "keep at least");
    }
  }

  const PruningCase& case_;
  const std::vector<bool>& removed_;
  std::set<std::string> broken_;
};

std::int64_t kept_on(const std::vector<ChannelId>& ids, const std::vector<bool>& removed) {
  return std::count_if(ids.begin(), ids.end(), [&](ChannelId id) { return !removed[id]; });
}

std::int64_t elements(const PruningCase& pruning, const std::string& tensor, const std::vector<bool>& removed) {
  std::vector<std::int64_t> shape = pruning.shapes.at(tensor);
  for (const ParameterAxis& axis : pruning.graph.axes) {
    if (axis.tensor == tensor) shape[static_cast<std::size_t>(axis.axis)] = kept_on(axis.ids, removed);
  }
  for (const GroupedConvolution& layer : pruning.graph.grouped) {
    if (layer.weight != tensor) continue;
    const auto outputs = kept_by_group(layer.outputs, layer.groups, removed);
    const auto groups = std::count_if(outputs.begin(), outputs.end(), [](std::size_t kept) { return kept > 0; });
    shape[1] = kept_on(layer.inputs, removed) / groups;
  }
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

}  // namespace

std::set<std::string> broken_rules(const PruningCase& pruning, const std::vector<bool>& removed) {
  return Judge(pruning, removed).broken();
}

std::int64_t counted(const PruningCase& pruning, Resource resource, const std::vector<bool>& removed) {
  std::int64_t sum = 0;
  if (resource == Resource::kMacs) {
    for (const LayerCost& cost : pruning.graph.costs) sum += cost.positions * elements(pruning, cost.weight, removed);
  } else {
    for (const auto& [tensor, shape] : pruning.shapes) sum += elements(pruning, tensor, removed);
  }
  return sum;
}

}  // namespace prunec::test

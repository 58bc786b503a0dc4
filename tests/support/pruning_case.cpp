// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/pruning_case.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace prunec::test {

namespace {

constexpr Policy kPolicies[] = {Policy::kMean, Policy::kMax, Policy::kMin, Policy::kSum,
                                Policy::kL2,   Policy::kAny, Policy::kAll, Policy::kQuota};

/// Channels that several norms share.
struct Stream {
  std::size_t width = 0;
  std::vector<std::size_t> norms;
  std::vector<ChannelId> ids;  ///< of its first norm
  bool joined = false;         ///< a norm reads it together with another
};

class Builder {
 public:
  Builder(unsigned seed, ScoreDraw draw) : dice_(seed), draw_(draw) {}

  PruningCase build() {
    const std::size_t streams = 2 + dice_.below(4);
    for (std::size_t s = 0; s < streams; ++s) add_stream();
    for (std::size_t s = 1; s < streams; ++s) connect(s - 1, s);
    from_graph_ = dice_.one_in(3);
    if (from_graph_ && dice_.one_in(2)) join(dice_.below(streams - 1));
    if (dice_.one_in(3)) pin(dice_.below(streams));
    score();
    declare();
    return std::move(made_);
  }

 private:
  ChannelGraph& graph() { return made_.graph; }

  std::size_t add_norm(const std::string& path, std::vector<ChannelId> ids) {
    for (const char* part : {".weight", ".bias"}) {
      graph().axes.push_back({path + part, 0, ids});
      made_.shapes[path + part] = {static_cast<std::int64_t>(ids.size())};
    }
    graph().norms.push_back({path, "batch_norm", path + ".weight", path + ".bias", std::move(ids)});
    return graph().norms.size() - 1;
  }

  std::vector<ChannelId> new_ids(std::size_t count) {
    std::vector<ChannelId> ids(count);
    std::iota(ids.begin(), ids.end(), static_cast<ChannelId>(graph().channel_count));
    graph().channel_count += count;
    return ids;
  }

  void add_stream() {
    constexpr std::size_t kWidths[] = {1, 3, 4, 6, 8, 12, 16, 24};
    Stream stream;
    stream.width = kWidths[dice_.below(std::size(kWidths))];
    const std::size_t members = 1 + dice_.below(3);
    for (std::size_t m = 0; m < members; ++m) {
      const std::string path = "s" + std::to_string(streams_.size()) + "." + std::to_string(m) + ".bn";
      const std::size_t norm = add_norm(path, new_ids(stream.width));
      stream.norms.push_back(norm);
      if (m == 0) {
        stream.ids = graph().norms[norm].ids;
        continue;
      }
      Coupling sum{"added by `aten::add`", path, {}};
      for (std::size_t i = 0; i < stream.width; ++i) sum.pairs.emplace_back(stream.ids[i], graph().norms[norm].ids[i]);
      graph().couplings.push_back(std::move(sum));
    }
    streams_.push_back(std::move(stream));
  }

  /// A convolution from one stream to every norm of the next, the first one perhaps in groups.
  void connect(std::size_t from, std::size_t to) {
    for (std::size_t m = 0; m < streams_[to].norms.size(); ++m) {
      const std::string path = "conv" + std::to_string(from) + "." + std::to_string(m);
      const std::vector<ChannelId>& outputs = graph().norms[streams_[to].norms[m]].ids;
      const std::vector<ChannelId>& inputs = streams_[from].ids;
      const std::size_t groups = m == 0 && dice_.one_in(3) ? std::gcd(std::gcd(inputs.size(), outputs.size()), std::size_t{4}) : 1;
      const auto rows = static_cast<std::int64_t>(outputs.size());
      made_.shapes[path + ".weight"] = {rows, static_cast<std::int64_t>(inputs.size() / groups), 3, 3};
      graph().axes.push_back({path + ".weight", 0, outputs});
      if (groups > 1) {
        graph().grouped.push_back({path, path + ".weight", static_cast<std::int64_t>(groups), inputs, outputs, false});
        in_groups_.insert({from, to});
      } else {
        graph().axes.push_back({path + ".weight", 1, inputs});
      }
      graph().costs.push_back({path + ".weight", 1 + static_cast<std::int64_t>(dice_.below(50))});
    }
  }

  /// A norm that reads two streams side by side.
  void join(std::size_t first) {
    std::vector<ChannelId> ids = streams_[first].ids;
    ids.insert(ids.end(), streams_[first + 1].ids.begin(), streams_[first + 1].ids.end());
    streams_[first].joined = streams_[first + 1].joined = true;
    add_norm("joined.bn", std::move(ids));
  }

  void pin(std::size_t s) {
    const std::vector<ChannelId>& ids = streams_[s].ids;
    graph().pins.push_back({"reaches the model's output", "head", {ids[dice_.below(ids.size())]}});
  }

  void score() {
    std::set<std::size_t> drawn;
    for (const NormSite& norm : graph().norms) {
      auto& gammas = made_.gammas[norm.path];
      for (std::size_t i = 0; i < norm.ids.size(); ++i) {
        std::size_t number = dice_.below(draw_ == ScoreDraw::kOften ? 4 : 1 << 20);
        while (draw_ == ScoreDraw::kDistinct && !drawn.insert(number).second) number = dice_.below(1 << 20);
        gammas.push_back((dice_.one_in(2) ? 1 : -1) * static_cast<double>(number) / 4096);
      }
    }
  }

  // The plan.

  Origin next_line() { return {"case", ++line_, 1, 1}; }
  SiteUse use(std::size_t norm) {
    const std::string& path = graph().norms[norm].path;
    return {path, {}, {}, {"case", line_, 1, 1}};
  }
  std::vector<SiteUse> some_norms() {
    std::vector<SiteUse> uses;
    if (dice_.one_in(3)) return uses;
    for (std::size_t n = 1 + dice_.below(3); n > 0; --n) {
      SiteUse one = use(dice_.below(graph().norms.size()));
      if (std::none_of(uses.begin(), uses.end(), [&](const SiteUse& u) { return u.name == one.name; })) uses.push_back(std::move(one));
    }
    return uses;
  }

  void declare() {
    auto& plan = made_.plan;
    plan.rules_path = "case";
    for (const NormSite& norm : graph().norms)
      plan.sites.push_back({norm.path, {std::get<PathPattern>(parse_pattern("s{stage}.{member}.bn"))}, {}, next_line()});
    for (Site& site : plan.sites) site.patterns = {std::get<PathPattern>(parse_pattern(site.name))};
    for (std::size_t s = 0; s < streams_.size(); ++s) {
      for (const std::size_t norm : streams_[s].norms) plan.sites[norm].labels["stage"] = std::to_string(s / 2);
    }
    if (dice_.one_in(3)) plan.statements.emplace_back(groups());
    drops_ = !plan.statements.empty() && std::get<Groups>(plan.statements.back()).rule == GroupRule::kDrop;
    if (from_graph_) {
      tie_from_graph();
    } else {
      tie_by_hand();
    }
    for (std::size_t n = dice_.below(3); n > 0; --n) add_width_statement();
    if (dice_.one_in(4)) plan.statements.emplace_back(Skip{{use(dice_.below(graph().norms.size()))}, next_line()});
    if (dice_.one_in(3))
      plan.statements.emplace_back(dice_.one_in(2) || graph().norms.back().path == "joined.bn"
                                       ? Rank{RankScope::kPerSite, "", next_line()}
                                       : Rank{RankScope::kPerLabel, "stage", next_line()});
  }

  Groups groups() {
    constexpr GroupRule kRules[] = {GroupRule::kKeep, GroupRule::kDrop};
    return {kRules[dice_.below(2)], {}, next_line()};
  }

  Policy policy() { return kPolicies[dice_.below(std::size(kPolicies))]; }

  void tie_from_graph() {
    Prune prune{{}, next_line()};
    for (std::size_t norm = 0; norm < graph().norms.size(); ++norm) {
      if (norm == 0 || !dice_.one_in(4)) prune.sites.push_back(use(norm));
    }
    made_.plan.statements.emplace_back(std::move(prune));
    made_.plan.statements.emplace_back(TieFromGraph{policy(), next_line()});
  }

  /// Streams between which whole groups go are one tie.
  void tie_by_hand() {
    std::vector<std::size_t> tie_of(streams_.size());
    std::iota(tie_of.begin(), tie_of.end(), std::size_t{0});
    for (const auto& [from, to] : in_groups_) {
      if (drops_) std::replace(tie_of.begin(), tie_of.end(), tie_of[to], tie_of[from]);
    }
    Prune prune{{}, next_line()};
    for (std::size_t tie = 0; tie < streams_.size(); ++tie) {
      Tie made{{}, {}, policy(), {}, false, next_line()};
      for (std::size_t s = 0; s < streams_.size(); ++s) {
        for (const std::size_t norm : tie_of[s] == tie ? streams_[s].norms : std::vector<std::size_t>{}) {
          const bool carried = !made.sites.empty() && dice_.one_in(4);
          (carried ? made.carrying : made.sites).push_back(use(norm));
          if (!carried) prune.sites.push_back(use(norm));
        }
      }
      if (made.sites.size() + made.carrying.size() > 1) made_.plan.statements.emplace_back(std::move(made));
    }
    made_.plan.statements.emplace_back(std::move(prune));
  }

  void add_width_statement() {
    auto& statements = made_.plan.statements;
    switch (dice_.below(4)) {
      case 0: {
        constexpr Rounding kRoundings[] = {Rounding::kUp, Rounding::kDown, Rounding::kNearest};
        const bool again =
            std::any_of(statements.begin(), statements.end(), [](const Statement& s) { return std::holds_alternative<Divisible>(s); });
        if (!again) statements.emplace_back(Divisible{2 + dice_.below(4), kRoundings[dice_.below(3)], some_norms(), next_line()});
        return;
      }
      case 1:
        statements.emplace_back(KeepAtLeast{1 + dice_.below(9), some_norms(), next_line()});
        return;
      case 2:
        statements.emplace_back(KeepAtLeast{static_cast<double>(dice_.below(8)) / 10, some_norms(), next_line()});
        return;
      default:
        statements.emplace_back(RemoveAtMost{static_cast<double>(2 + dice_.below(9)) / 10, some_norms(), next_line()});
    }
  }

  Dice dice_;
  ScoreDraw draw_;
  PruningCase made_;
  std::vector<Stream> streams_;
  std::set<std::pair<std::size_t, std::size_t>> in_groups_;
  bool from_graph_ = false;
  bool drops_ = false;
  std::size_t line_ = 0;
};

template <typename T>
void mix(std::vector<T>& list, Dice& dice) {
  for (std::size_t n = list.size(); n > 1; --n) std::swap(list[n - 1], list[dice.below(n)]);
}

}  // namespace

std::size_t Dice::below(std::size_t end) {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return static_cast<std::size_t>((state_ >> 11) % end);
}

PruningCase random_case(unsigned seed, ScoreDraw draw) {
  return Builder(seed, draw).build();
}

PruningCase shuffled(const PruningCase& original, unsigned seed) {
  Dice dice(seed);
  PruningCase other = original;
  ChannelGraph& graph = other.graph;
  std::vector<ChannelId> number(graph.channel_count);
  std::iota(number.begin(), number.end(), ChannelId{0});
  mix(number, dice);
  const auto renumber = [&](std::vector<ChannelId>& ids) {
    for (ChannelId& id : ids) id = number[id];
  };
  for (ParameterAxis& axis : graph.axes) renumber(axis.ids);
  for (NormSite& norm : graph.norms) renumber(norm.ids);
  for (Pin& pin : graph.pins) renumber(pin.ids);
  for (GroupedConvolution& layer : graph.grouped) renumber(layer.inputs), renumber(layer.outputs);
  for (Coupling& coupling : graph.couplings) {
    for (auto& [a, b] : coupling.pairs) a = number[a], b = number[b];
    mix(coupling.pairs, dice);
  }
  mix(graph.axes, dice);
  mix(graph.couplings, dice);
  mix(graph.grouped, dice);
  mix(graph.costs, dice);
  mix(other.plan.sites, dice);
  mix(other.plan.statements, dice);
  for (Statement& statement : other.plan.statements) {
    std::visit(
        [&](auto& s) {
          if constexpr (requires { s.sites; }) mix(s.sites, dice);
          if constexpr (requires { s.carrying; }) mix(s.carrying, dice);
          if constexpr (requires { s.of; }) mix(s.of, dice);
        },
        statement);
  }
  return other;
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/random_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "runtime/channels/channel_classes.h"
#include "runtime/trace/selections.h"
#include "tests/support/graph_plan.h"

namespace prunec::test {

namespace {

using Names = std::vector<std::string>;

std::string listed(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Norms that share channels.
struct Stream {
  Names paths;
  bool bare = false;     ///< of layers without a norm
  bool grouped = false;  ///< beside a convolution in groups
  bool uneven = false;   ///< not all of them have the same channels
};

/// Where whole groups go, the channels on both sides of a convolution in groups are held together.
void join_groups(std::vector<std::size_t>& stream, const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  for (const GroupedConvolution& layer : graph.grouped) {
    std::vector<bool> beside(classes.count, false);
    for (const auto* ids : {&layer.inputs, &layer.outputs}) {
      for (const ChannelId id : *ids) beside[classes.class_of[id]] = true;
    }
    std::size_t first = stream.size();
    for (std::size_t norm = 0; norm < stream.size(); ++norm) {
      const auto& ids = graph.norms[norm].ids;
      if (std::none_of(ids.begin(), ids.end(), [&](ChannelId id) { return id != kNoChannel && beside[classes.class_of[id]]; })) continue;
      first = std::min(first, stream[norm]);
      std::replace(stream.begin(), stream.end(), stream[norm], first);
    }
  }
}

std::vector<Stream> streams_of(const ChannelGraph& graph, bool groups_go_whole) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<bool> in_groups(classes.count, false);
  for (const GroupedConvolution& layer : graph.grouped) {
    for (const auto* ids : {&layer.inputs, &layer.outputs}) {
      for (const ChannelId id : *ids) in_groups[classes.class_of[id]] = true;
    }
  }
  const auto classes_at = [&](const NormSite& norm) {
    std::vector<std::size_t> found;
    for (const ChannelId id : norm.ids) found.push_back(id == kNoChannel ? classes.count : classes.class_of[id]);
    return found;
  };
  std::vector<std::size_t> stream = streams(graph);
  if (groups_go_whole) join_groups(stream, graph);
  std::map<std::size_t, Stream> found;
  std::map<std::size_t, std::vector<std::size_t>> first;
  for (std::size_t i = 0; i < graph.norms.size(); ++i) {
    const NormSite& norm = graph.norms[i];
    Stream& own = found[stream[i]];
    own.paths.push_back(norm.path);
    own.bare = own.bare || !norm.has_scale();
    const auto at = classes_at(norm);
    own.grouped = own.grouped || std::any_of(at.begin(), at.end(), [&](std::size_t c) { return c < classes.count && in_groups[c]; });
    own.uneven = own.uneven || first.try_emplace(stream[i], at).first->second != at;
  }
  std::vector<Stream> list;
  for (auto& each : found) list.push_back(std::move(each.second));
  return list;
}

class Writer {
 public:
  Writer(ChannelGraph graph, std::mt19937& random) : random_(random) {
    const bool selects = !graph.shuffles.empty() && below(2);
    drops_ = !graph.grouped.empty() && below(3) == 0;
    labelled_ = below(2) == 0;
    has_branches_ = !graph.branches.empty();
    if (selects) graph = select_shuffles(std::move(graph), std::vector<bool>(graph.shuffles.size(), true));
    if (!graph.reads.empty() && below(3) == 0) graph = select_before_some(std::move(graph));
    streams_ = streams_of(graph, drops_);
    if (selects) say("shuffles select");
    if (!selects && !graph.shuffles.empty() && below(2)) say("shuffles keep");
    if (drops_) say("groups drop");
  }

  std::string text() {
    from_graph_ = below(2) == 0;
    by_filters_ = below(4) == 0;
    lets_vanish_ = has_branches_ && below(4) == 0;
    for (std::size_t i = 0; i < streams_.size(); ++i) choose(streams_[i], i);
    if (pruned_.empty()) return {};
    if (from_graph_) say("tie from graph" + policy());
    hand_ties();
    bounds();
    scores();
    amount();
    const auto half = below(3) == 0 ? static_cast<std::size_t>(below(static_cast<std::int64_t>(statements_.size()))) : 0;
    std::string text = sites_;
    if (half > 0) text += "strategy base {\n  prune " + listed(pruned_) + "\n" + lines(0, half) + "}\nstrategy s extends base {\n";
    if (half == 0) text += "strategy s {\n  prune " + listed(pruned_) + "\n";
    return text + lines(half, statements_.size()) + "}\n";
  }

 private:
  struct HandTie {
    Names voters, carried;
    std::size_t stage = 0;
    bool concatenation = false;
  };

  std::int64_t below(std::int64_t limit) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(limit)); }
  std::string one_of(const Names& names) { return names[static_cast<std::size_t>(below(static_cast<std::int64_t>(names.size())))]; }
  std::string percent(std::int64_t least, std::int64_t most) { return std::to_string(least + below(most - least + 1)) + "%"; }
  void say(const std::string& statement) { statements_.push_back(statement); }
  std::string lines(std::size_t from, std::size_t to) const {
    std::string text;
    for (std::size_t i = from; i < to; ++i) text += "  " + statements_[i] + "\n";
    return text;
  }
  std::string policy() {
    static const Names kNames{"mean", "max", "min", "sum", "l2", "any", "all", "quota"};
    return below(5) == 0 ? "" : " by " + one_of(kNames);
  }

  static std::size_t stage_of(std::size_t stream) { return stream % 3; }

  ChannelGraph select_before_some(ChannelGraph graph) {
    std::set<std::string> layers;
    for (const ConcatRead& read : graph.reads) {
      if (below(2)) layers.insert(read.layer);
    }
    if (layers.empty()) layers.insert(graph.reads.front().layer);
    say("concat-select " + site("selects", 0, Names(layers.begin(), layers.end())));
    std::vector<bool> chosen;
    for (const ConcatRead& read : graph.reads) chosen.push_back(layers.contains(read.layer));
    return select_reads(std::move(graph), chosen);
  }

  std::string site(const std::string& stem, std::size_t stream, const Names& paths) {
    const std::string name = stem + std::to_string(stream);
    sites_ += "site " + name + " = " + listed(paths) + (labelled_ ? " where stage = " + std::to_string(stage_of(stream)) : "") + "\n";
    return name;
  }

  void choose(const Stream& stream, std::size_t number) {
    if ((stream.bare && !by_filters_) || below(5) == 0) return;  // stays whole
    Names voters, carried;
    for (const std::string& path : stream.paths) (below(4) == 0 ? carried : voters).push_back(path);
    if (voters.empty()) std::swap(voters, carried);
    const std::string site_of_voters = site("votes", number, voters);
    pruned_.push_back(site_of_voters);
    if (stream.grouped) grouped_.push_back(site_of_voters);
    HandTie tie{{site_of_voters}, {}, stage_of(number), stream.uneven && below(2) == 0};
    if (!carried.empty() && !from_graph_) tie.carried = {site("follows", number, carried)};
    if (!from_graph_ && stream.paths.size() > 1) ties_.push_back(std::move(tie));
    if (below(8) == 0) say("skip " + site("whole", number, {one_of(stream.paths)}));
  }

  /// One statement for all that labels keep apart, or one for each.
  void hand_ties() {
    const bool together = labelled_ && below(2) == 0;
    Names voters, carried;
    std::set<std::size_t> stages;
    for (const HandTie& tie : ties_) {
      if (together && !tie.concatenation && stages.insert(tie.stage).second) {
        voters.insert(voters.end(), tie.voters.begin(), tie.voters.end());
        carried.insert(carried.end(), tie.carried.begin(), tie.carried.end());
      } else {
        say(std::string(tie.concatenation ? "concat-propagate " : "tie ") + listed(tie.voters) + policy() +
            (tie.carried.empty() ? "" : " carrying " + listed(tie.carried)));
      }
    }
    if (!voters.empty())
      say("tie " + listed(voters) + " across stage" + policy() + (carried.empty() ? "" : " carrying " + listed(carried)));
  }

  std::string of_some() { return below(2) ? "" : " of " + one_of(pruned_); }

  void bounds() {
    if (lets_vanish_) return say("keep at least 0");
    const std::size_t before = statements_.size();
    static const Names kRounding{"", " round up", " round down", " round nearest"};
    if (below(4) == 0) say("divisible " + std::to_string(2 + below(3)) + of_some() + one_of(kRounding));
    if (below(4) == 0) say("keep at least " + (below(2) ? std::to_string(1 + below(4)) : percent(10, 40)) + of_some());
    if (below(4) == 0) say("remove at most " + percent(60, 95) + of_some());
    has_bounds_ = statements_.size() > before;
    if (below(6) == 0) say(std::string("skip ") + (below(2) ? "first 1" : "last 1"));
    if (!grouped_.empty() && !drops_ && below(3) == 0) say("groups keep of " + one_of(grouped_));
  }

  void scores() {
    static const Names kNormalised{"", " normalized by max", " normalized by mean", " normalized by l2"};
    if (by_filters_) {
      say(std::string("score weight ") + (below(2) ? "l1" : "l2") + one_of(kNormalised));
    } else if (below(4) == 0) {
      say("score gamma" + one_of(kNormalised));
    }
    if (below(4) == 0) say(labelled_ && below(2) ? "rank per stage" : below(3) ? "rank per site" : "rank global");
  }

  void amount() {
    if (lets_vanish_) return say("threshold " + std::to_string(below(2)) + "." + std::to_string(5 + below(5)));
    switch (below(5)) {
      case 0:
        return say("ratio " + percent(5, 60) + " exact");
      case 1:
        return say("budget " + one_of({"macs", "params", "channels"}) + " " + percent(40, 95));
      case 2:
        return say("threshold 0." + std::to_string(1 + below(9)));
      default:
        return say("ratio " + percent(5, has_bounds_ ? 60 : 90));
    }
  }

  std::mt19937& random_;
  std::vector<Stream> streams_;
  bool has_branches_ = false, lets_vanish_ = false, drops_ = false, from_graph_ = false, by_filters_ = false, labelled_ = false,
       has_bounds_ = false;
  std::string sites_;
  Names pruned_, grouped_, statements_;
  std::vector<HandTie> ties_;
};

}  // namespace

std::string random_rules(const ChannelGraph& graph, std::mt19937& random) {
  return Writer(graph, random).text();
}

}  // namespace prunec::test

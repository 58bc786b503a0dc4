// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/coupled_sets.h"

#include <map>
#include <utility>

namespace prunec {

namespace {

/// The positions of one class in one norm.
struct Occurrence {
  std::size_t norm;
  std::vector<std::size_t> positions;
};

/// For each class, which axes of parameters and which parts it lies on, by number: whatever of them loses all its channels would leave a
/// layer or a part without any.
std::vector<std::vector<std::size_t>> places_of(const ChannelGraph& graph, const ChannelClasses& classes) {
  std::vector<std::vector<std::size_t>> places(classes.count);
  std::size_t number = 0;
  const auto mark = [&](const std::vector<ChannelId>& ids) {
    for (const ChannelId id : ids) {
      if (id == kNoChannel) continue;
      auto& list = places[classes.class_of[id]];
      if (list.empty() || list.back() != number) list.push_back(number);
    }
    ++number;
  };
  for (const ParameterAxis& axis : graph.axes) mark(axis.ids);
  for (const WidthSplit& split : graph.splits) {
    for (const auto& part : split.parts) mark(part);
  }
  return places;
}

}  // namespace

std::vector<CoupledSet> coupled_sets(const ChannelGraph& graph, const ChannelClasses& classes) {
  std::vector<std::vector<Occurrence>> occurrences(classes.count);
  std::vector<std::size_t> order;
  for (std::size_t norm = 0; norm < graph.norms.size(); ++norm) {
    const auto& ids = graph.norms[norm].ids;
    for (std::size_t position = 0; position < ids.size(); ++position) {
      if (ids[position] == kNoChannel) continue;
      auto& list = occurrences[classes.class_of[ids[position]]];
      if (list.empty()) order.push_back(classes.class_of[ids[position]]);
      if (list.empty() || list.back().norm != norm) list.push_back({norm, {}});
      list.back().positions.push_back(position);
    }
  }
  std::vector<CoupledSet> sets;
  const auto places = places_of(graph, classes);
  using Norms = std::vector<std::pair<std::size_t, std::size_t>>;  // with the number of positions in each
  std::map<std::pair<Norms, std::vector<std::size_t>>, std::size_t> by_places;
  for (const std::size_t c : order) {
    Norms norms;
    for (const Occurrence& occurrence : occurrences[c]) norms.emplace_back(occurrence.norm, occurrence.positions.size());
    const auto [entry, is_new] = by_places.try_emplace({norms, places[c]}, sets.size());
    if (is_new) {
      CoupledSet set;
      for (const auto& [norm, count] : norms) set.members.push_back({norm, {}, SiteRole::kCarried, count});
      sets.push_back(std::move(set));
    }
    CoupledSet& set = sets[entry->second];
    ++set.width;
    set.classes.push_back(c);
    for (std::size_t i = 0; i < norms.size(); ++i) {
      auto& positions = set.members[i].positions;
      positions.insert(positions.end(), occurrences[c][i].positions.begin(), occurrences[c][i].positions.end());
    }
  }
  return sets;
}

std::vector<std::size_t> positions_of_vote(const SetMember& member, std::size_t vote) {
  std::vector<std::size_t> positions;
  for (std::size_t i = vote; i < member.positions.size(); i += member.per_channel) positions.push_back(member.positions[i]);
  return positions;
}

std::vector<const Pin*> first_pins(const ChannelGraph& graph, const ChannelClasses& classes) {
  std::vector<const Pin*> pins(classes.count, nullptr);
  for (const Pin& pin : graph.pins) {
    for (const ChannelId id : pin.ids) {
      const Pin*& first = pins[classes.class_of[id]];
      if (!first) first = &pin;
    }
  }
  return pins;
}

}  // namespace prunec

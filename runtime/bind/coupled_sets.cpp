// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/coupled_sets.h"

#include <map>

namespace prunec {

namespace {

struct Occurrence {
  std::size_t norm;
  std::size_t position;
};

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
      list.push_back({norm, position});
    }
  }
  std::vector<CoupledSet> sets;
  std::map<std::vector<std::size_t>, std::size_t> by_norms;
  for (const std::size_t c : order) {
    std::vector<std::size_t> norms;
    for (const Occurrence& occurrence : occurrences[c]) norms.push_back(occurrence.norm);
    const auto [entry, is_new] = by_norms.try_emplace(norms, sets.size());
    if (is_new) {
      CoupledSet set;
      for (const std::size_t norm : norms) set.members.push_back({norm, {}, SiteRole::kCarried});
      sets.push_back(std::move(set));
    }
    CoupledSet& set = sets[entry->second];
    ++set.width;
    set.classes.push_back(c);
    for (std::size_t i = 0; i < norms.size(); ++i) set.members[i].positions.push_back(occurrences[c][i].position);
  }
  return sets;
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

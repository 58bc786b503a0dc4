// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/group_cells.h"

#include <algorithm>
#include <map>

namespace prunec {

namespace {

std::size_t group_at(const GroupedConvolution& layer, const std::vector<ChannelId>& ids, std::size_t position) {
  return position / (ids.size() / static_cast<std::size_t>(layer.groups));
}

}  // namespace

Coupling one_per_group(const GroupedConvolution& layer) {
  Coupling coupling{"one group of `" + layer.path + "`, which goes whole", layer.path, {}};
  std::vector<ChannelId> first(static_cast<std::size_t>(layer.groups), kNoChannel);
  for (const auto* ids : {&layer.inputs, &layer.outputs}) {
    for (std::size_t position = 0; position < ids->size(); ++position) {
      const ChannelId id = (*ids)[position];
      if (id == kNoChannel) continue;
      ChannelId& leader = first[group_at(layer, *ids, position)];
      if (leader == kNoChannel) {
        leader = id;
      } else {
        coupling.pairs.emplace_back(leader, id);
      }
    }
  }
  return coupling;
}

GroupCells::GroupCells(const std::vector<const GroupedConvolution*>& layers, const ChannelClasses& classes) : places_(classes.count) {
  for (const GroupedConvolution* layer : layers) {
    sides_.push_back({layer, &layer->inputs});
    sides_.push_back({layer, &layer->outputs});
  }
  for (std::size_t side = 0; side < sides_.size(); ++side) {
    const auto& ids = *sides_[side].ids;
    for (std::size_t position = 0; position < ids.size(); ++position) {
      if (ids[position] != kNoChannel)
        places_[classes.class_of[ids[position]]].push_back({side, group_at(*sides_[side].layer, ids, position)});
    }
  }
  for (std::vector<Place>& places : places_) {
    std::sort(places.begin(), places.end());
    std::vector<Place> uneven;
    for (auto begin = places.cbegin(); begin != places.cend();) {
      const auto end = std::find_if(begin, places.cend(), [&](const Place& place) { return place.side != begin->side; });
      if (!is_even(begin, end)) uneven.insert(uneven.end(), begin, end);
      begin = end;
    }
    places = std::move(uneven);
  }
}

/// Whether sorted places of one side lie in all its groups, in each as often as in the others.
bool GroupCells::is_even(std::vector<Place>::const_iterator begin, std::vector<Place>::const_iterator end) const {
  const auto groups = static_cast<std::size_t>(sides_[begin->side].layer->groups);
  const auto count = static_cast<std::size_t>(end - begin);
  if (count % groups != 0) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (begin[static_cast<std::ptrdiff_t>(i)].group != i / (count / groups)) return false;
  }
  return true;
}

const GroupCells::Side* GroupCells::unbalanced(const std::vector<std::vector<Place>>& cells) const {
  std::vector<Place> all;
  for (const auto& cell : cells) all.insert(all.end(), cell.begin(), cell.end());
  std::sort(all.begin(), all.end());
  for (auto begin = all.cbegin(); begin != all.cend();) {
    const auto end = std::find_if(begin, all.cend(), [&](const Place& place) { return place.side != begin->side; });
    if (!is_even(begin, end)) return &sides_[begin->side];
    begin = end;
  }
  return nullptr;
}

std::string GroupCells::divide(CoupledSet& set) const {
  std::map<std::vector<Place>, std::size_t> numbers;
  std::vector<std::vector<Place>> cells;
  std::vector<std::size_t> sizes;
  set.cells.clear();
  for (const std::size_t c : set.classes) {
    const auto [entry, is_new] = numbers.try_emplace(places_[c], cells.size());
    if (is_new) {
      cells.push_back(places_[c]);
      sizes.push_back(0);
    }
    set.cells.push_back(entry->second);
    ++sizes[entry->second];
  }
  set.cell_count = cells.size();
  const Side* uneven = unbalanced(cells);
  if (uneven == nullptr && std::adjacent_find(sizes.begin(), sizes.end(), std::not_equal_to<>()) != sizes.end()) {
    const auto in_group = std::find_if(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); });
    uneven = &sides_[in_group->front().side];
  }
  if (set.cell_count == 1 || uneven != nullptr) {
    set.cells.clear();
    set.cell_count = 1;
  }
  if (uneven == nullptr) return {};
  return "the groups of `" + uneven->layer->path + "` could not all lose the same number of these channels";
}

}  // namespace prunec

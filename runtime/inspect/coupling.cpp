// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/inspect/coupling.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "runtime/bind/coupled_sets.h"
#include "runtime/facts/layer_channels.h"

namespace prunec {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Appends a word unless it is the last one already.
void add_once(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

/// Collects, set by set, what the graph says about its classes.
class Rows {
 public:
  Rows(const ChannelGraph& graph, const ChannelClasses& classes, const std::vector<CoupledSet>& sets)
      : graph_(graph), classes_(classes), rows_(sets.size()), set_of_(classes.count, kNone) {
    const auto pins = first_pins(graph, classes);
    for (std::size_t s = 0; s < sets.size(); ++s) {
      rows_[s].width = sets[s].width;
      for (const SetMember& member : sets[s].members) add_once(rows_[s].norms, graph.norms[member.norm].path);
      for (const std::size_t c : sets[s].classes) {
        set_of_[c] = s;
        if (!pins[c] || !rows_[s].pinned.empty()) continue;
        rows_[s].pinned = "a channel " + pins[c]->reason;
        rows_[s].pinned_at = pins[c]->layer;
      }
    }
  }

  void add_makers() {
    for (const LayerChannels& layer : layer_channels(graph_)) {
      if (layer.norm) continue;
      for (const ChannelId id : layer.ids) {
        if (id == kNoChannel) continue;
        maker_of_[id] = layer.path;
        if (const std::size_t s = set_of(id); s != kNone) add_once(rows_[s].makers, layer.path);
      }
    }
  }

  void add_couplings() {
    for (const Coupling& coupling : graph_.couplings) {
      std::map<std::size_t, std::set<std::size_t>> classes;  // by set
      for (const auto& pair : coupling.pairs) {
        if (const std::size_t s = set_of(pair.first); s != kNone) classes[s].insert(classes_.class_of[pair.first]);
      }
      for (const auto& [s, held] : classes) add(rows_[s], {coupling.what, coupling.layer, held.size()});
    }
  }

  /// A concatenation makes nothing equal, but lets the norm behind it scale channels of several layers.
  void add_concatenations() {
    std::set<std::vector<ChannelId>> done;
    for (const ParameterAxis& axis : graph_.axes) {
      // The first that reads it stands for the layers that go on with the same channels.
      if (!done.insert(axis.ids).second) continue;
      std::set<std::string> makers;
      std::map<std::size_t, std::set<std::size_t>> classes;
      for (const ChannelId id : axis.ids) {
        if (id == kNoChannel) continue;
        if (const auto maker = maker_of_.find(id); maker != maker_of_.end()) makers.insert(maker->second);
        if (const std::size_t s = set_of(id); s != kNone) classes[s].insert(classes_.class_of[id]);
      }
      if (makers.size() < 2) continue;
      for (const auto& [s, held] : classes) add(rows_[s], {"concatenated before they are read", owner_of(axis.tensor), held.size()});
    }
  }

  std::vector<SetRow> take() { return std::move(rows_); }

 private:
  std::size_t set_of(ChannelId id) const { return set_of_[classes_.class_of[id]]; }

  static void add(SetRow& row, UnionReason reason) {
    for (UnionReason& known : row.reasons) {
      if (known.text != reason.text || known.layer != reason.layer) continue;
      known.channels = std::max(known.channels, reason.channels);
      return;
    }
    row.reasons.push_back(std::move(reason));
  }

  const ChannelGraph& graph_;
  const ChannelClasses& classes_;
  std::vector<SetRow> rows_;
  std::vector<std::size_t> set_of_;  ///< by class; kNone: in no norm
  std::unordered_map<ChannelId, std::string> maker_of_;
};

std::size_t count_classes(const std::vector<const Pin*>& pins, const ChannelClasses& classes) {
  std::set<std::size_t> found;
  for (const Pin* pin : pins) {
    for (const ChannelId id : pin->ids) found.insert(classes.class_of[id]);
  }
  return found.size();
}

}  // namespace

std::vector<SetRow> set_rows(const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  Rows rows(graph, classes, coupled_sets(graph, classes));
  rows.add_makers();
  rows.add_couplings();
  rows.add_concatenations();
  return rows.take();
}

std::vector<PinRow> pin_rows(const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  std::map<std::pair<std::string, std::string>, std::vector<const Pin*>> by_reason;
  std::vector<PinRow> rows;
  for (const Pin& pin : graph.pins) {
    auto& pins = by_reason[{pin.reason, pin.layer}];
    if (pins.empty()) rows.push_back({pin.reason, pin.layer, 0});
    pins.push_back(&pin);
  }
  for (PinRow& row : rows) row.channels = count_classes(by_reason[{row.reason, row.layer}], classes);
  return rows;
}

std::vector<UnknownOperation> unknown_operations(const OpTrace& trace, const ChannelGraph& graph, bool (*has_rule)(const Operation&)) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<UnknownOperation> unknown;
  for (const Operation& operation : trace.operations) {
    if (operation.tensors().empty() || has_rule(operation)) continue;
    auto entry = std::find_if(unknown.begin(), unknown.end(), [&](const UnknownOperation& u) { return u.name == operation.name; });
    if (entry == unknown.end()) entry = unknown.insert(unknown.end(), {operation.name, 0, 0});
    ++entry->count;
  }
  for (UnknownOperation& operation : unknown) {
    std::vector<const Pin*> pins;
    for (const Pin& pin : graph.pins) {
      if (pin.reason.find("`" + operation.name + "`") != std::string::npos) pins.push_back(&pin);
    }
    operation.channels = count_classes(pins, classes);
  }
  std::stable_sort(unknown.begin(), unknown.end(), [](const auto& a, const auto& b) { return a.channels > b.channels; });
  return unknown;
}

std::pair<std::size_t, std::size_t> channels_and_removable(const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  const auto pins = first_pins(graph, classes);
  std::size_t channels = 0, removable = 0;
  for (const NormSite& norm : graph.norms) channels += norm.has_scale() ? norm.ids.size() : 0;
  for (const CoupledSet& set : coupled_sets(graph, classes)) {
    const bool pinned = std::any_of(set.classes.begin(), set.classes.end(), [&](std::size_t c) { return pins[c] != nullptr; });
    for (const SetMember& member : set.members) {
      if (!pinned && graph.norms[member.norm].has_scale()) removable += (set.width - 1) * member.per_channel;
    }
  }
  return {channels, removable};
}

}  // namespace prunec

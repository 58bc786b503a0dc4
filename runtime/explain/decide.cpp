// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/decide.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/channels/channel_classes.h"
#include "runtime/explain/statements.h"
#include "runtime/facts/layer_channels.h"

namespace prunec {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::vector<std::size_t> true_places(const std::vector<bool>& flags) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) places.push_back(i);
  }
  return places;
}

/// Where each class of channels is decided on.
struct Seat {
  std::size_t set = kNone;
  std::size_t channel = 0;
};

std::vector<Seat> seats_of(const BoundPlan& bound) {
  std::vector<Seat> seats(bound.class_count);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    for (std::size_t i = 0; i < bound.sets[s].classes.size(); ++i) seats[bound.sets[s].classes[i]] = {s, i};
  }
  return seats;
}

/// Hands every layer of the graph to the sets whose channels lie on it, or to those that nothing touches.
void place_layers(const std::vector<LayerChannels>& layers, const ChannelGraph& graph, const BoundPlan& bound, Decisions& decisions) {
  const std::vector<Seat> seats = seats_of(bound);
  std::map<ChannelId, const Pin*> pins;
  for (const Pin& pin : graph.pins) {
    for (const ChannelId id : pin.ids) pins.emplace(id, &pin);
  }
  for (const LayerChannels& layer : layers) {
    std::map<std::size_t, LayerPart> parts;
    std::string pinned;
    for (std::size_t position = 0; position < layer.ids.size(); ++position) {
      const ChannelId id = layer.ids[position];
      if (id == kNoChannel) continue;
      const Seat& seat = seats[bound.class_of[id]];
      if (seat.set == kNone) {
        if (const auto pin = pins.find(id); pinned.empty() && pin != pins.end()) pinned = pin->second->reason;
        continue;
      }
      LayerPart& part = parts.try_emplace(seat.set, LayerPart{layer.path, layer.ids.size(), {}, {}}).first->second;
      part.positions.push_back(position);
      part.channels.push_back(seat.channel);
    }
    if (parts.empty()) decisions.untouched.push_back({layer.path, layer.ids.size(), pinned});
    for (auto& [set, part] : parts) decisions.sets[set].layers.push_back(std::move(part));
  }
}

void add_once(std::vector<StatementPlace>& places, const StatementPlace& place) {
  if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
}

SetDecision decision_on(const CoupledSet& set, const ChannelGraph& graph, const std::vector<std::vector<StatementPlace>>& statements) {
  SetDecision decision;
  decision.width = set.width;
  decision.policy = to_string(set.policy);
  decision.multiple = set.multiple;
  decision.rounding = to_string(set.rounding);
  decision.least = set.least;
  decision.cells = set.cell_count;
  decision.kept_because = set.kept_because;
  for (const SetMember& member : set.members) {
    if (member.role != SiteRole::kVoter) decision.carried.push_back(graph.norms[member.norm].path);
    for (const StatementPlace& place : statements[member.norm]) add_once(decision.statements, place);
  }
  std::stable_sort(decision.statements.begin(), decision.statements.end(),
                   [](const StatementPlace& a, const StatementPlace& b) { return a.origin.line < b.origin.line; });
  return decision;
}

void add_votes(const BoundPlan& bound, const ChannelGraph& graph, const std::vector<VoterScores>& votes, Decisions& decisions) {
  for (const VoterScores& vote : votes) {
    const std::size_t norm = bound.sets[vote.set].members.at(vote.member).norm;
    decisions.sets[vote.set].voters.push_back({graph.norms[norm].path, vote.scores, {}});
  }
}

void add_solution(const SetSolution& solution, SetDecision& decision) {
  decision.threshold = solution.threshold;
  decision.scores = solution.scores;
  decision.wished = true_places(solution.wished);
  decision.removed = true_places(solution.removed);
  for (std::size_t channel = 0; channel < solution.named_by.size(); ++channel) {
    const std::size_t vote = solution.named_by[channel];
    if (vote != SetSolution::kNotNamed) decision.voters.at(vote).named.push_back(channel);
  }
}

}  // namespace

Decisions decide(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules, const BoundPlan& bound,
                 const std::vector<VoterScores>& votes, const Solution& solution) {
  const auto statements = statements_by_norm(plan, graph, modules);
  Decisions decisions;
  for (const CoupledSet& set : bound.sets) {
    decisions.sets.push_back(decision_on(set, graph, statements));
    decisions.sets.back().pool = bound.pools[set.pool];
  }
  add_votes(bound, graph, votes, decisions);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) add_solution(solution.sets[s], decisions.sets[s]);
  const std::vector<LayerChannels> layers = layer_channels(graph);
  place_layers(layers, graph, bound, decisions);
  std::set<std::string> known;
  for (const LayerChannels& layer : layers) known.insert(layer.path);
  for (const ParameterAxis& axis : graph.axes) {
    if (std::string path = owner_of(axis.tensor); known.insert(path).second) decisions.untouched.push_back({std::move(path), 0, ""});
  }
  return decisions;
}

}  // namespace prunec

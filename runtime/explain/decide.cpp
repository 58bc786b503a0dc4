// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/decide.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/bind/channel_classes.h"
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
  decision.kept_because = set.kept_because;
  for (const SetMember& member : set.members) {
    const std::string& path = graph.norms[member.norm].path;
    if (member.role == SiteRole::kVoter) {
      decision.voters.push_back({path, {}, {}});
    } else {
      decision.carried.push_back(path);
    }
    for (const StatementPlace& place : statements[member.norm]) add_once(decision.statements, place);
  }
  std::stable_sort(decision.statements.begin(), decision.statements.end(),
                   [](const StatementPlace& a, const StatementPlace& b) { return a.origin.line < b.origin.line; });
  return decision;
}

/// What the votes alone come to.
void judge_votes(Policy policy, SetDecision& decision) {
  decision.scores = scores_under(policy, decision.voters);
  std::vector<bool> wished(decision.width, false);
  for (std::size_t i = 0; i < decision.scores.size(); ++i) wished[i] = policy != Policy::kQuota && decision.scores[i] < decision.threshold;
  if (policy == Policy::kQuota) {
    const auto named = named_under_quota(decision.voters, decision.threshold);
    for (std::size_t v = 0; v < named.size(); ++v) {
      for (const std::size_t channel : named[v]) wished[channel] = true;
      decision.voters[v].named = named[v];
    }
  }
  decision.wished = true_places(wished);
}

}  // namespace

Decisions decide(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules, const BoundPlan& bound,
                 const std::vector<VoterScores>& scores, const Solution& solution) {
  const auto statements = statements_by_norm(plan, graph, modules);
  Decisions decisions;
  for (const CoupledSet& set : bound.sets) decisions.sets.push_back(decision_on(set, graph, statements));
  std::vector<std::size_t> next_voter(bound.sets.size(), 0);
  for (const VoterScores& voter : scores) decisions.sets[voter.set].voters.at(next_voter[voter.set]++).scores = voter.scores;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    decisions.sets[s].threshold = solution.threshold;
    decisions.sets[s].removed = true_places(solution.removed[s]);
    judge_votes(bound.sets[s].policy, decisions.sets[s]);
  }
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

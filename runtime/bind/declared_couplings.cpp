// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/declared_couplings.h"

#include <algorithm>
#include <unordered_set>

#include "runtime/bind/group_cells.h"
#include "runtime/channels/channel_classes.h"
#include "runtime/trace/selections.h"

namespace prunec {

namespace {

/// Whether any channel of the norms lies on either side of the convolution.
bool is_beside(const GroupedConvolution& layer, const std::vector<std::size_t>& norms, const ChannelGraph& graph,
               const ChannelClasses& classes) {
  std::unordered_set<std::size_t> around;
  for (const auto* ids : {&layer.inputs, &layer.outputs}) {
    for (const ChannelId id : *ids) {
      if (id != kNoChannel) around.insert(classes.class_of[id]);
    }
  }
  return std::any_of(norms.begin(), norms.end(), [&](std::size_t norm) {
    const auto& ids = graph.norms[norm].ids;
    return std::any_of(ids.begin(), ids.end(), [&](ChannelId id) { return id != kNoChannel && around.contains(classes.class_of[id]); });
  });
}

/// By grouped convolution of the graph.
std::vector<GroupRule> rules_of(const ChannelGraph& graph, const Declaration& declaration) {
  std::vector<GroupRule> rules(graph.grouped.size(), GroupRule::kKeep);
  if (declaration.groups.empty()) return rules;
  const ChannelClasses classes = classes_of(graph);
  for (const Scoped<Groups>& groups : declaration.groups) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (groups.norms.empty() || is_beside(graph.grouped[i], groups.norms, graph, classes)) rules[i] = groups.statement->rule;
    }
  }
  return rules;
}

Diagnostic different_widths(const Tie& tie, const NormSite& a, const NormSite& b) {
  Diagnostic diagnostic{Code::kP0512, "the tie holds `" + a.path + "` and `" + b.path + "` together, but they have " +
                                          std::to_string(a.ids.size()) + " and " + std::to_string(b.ids.size()) + " channels"};
  diagnostic.place = tie.origin;
  diagnostic.help = "tie across a label that sites of one width share, or leave `even if unrelated` out";
  return diagnostic;
}

Coupling tied_by_rules(const Tie& tie, const NormSite& a, const NormSite& b) {
  Coupling coupling{"tied at " + tie.origin.file + ":" + std::to_string(tie.origin.line), "", {}};
  for (std::size_t i = 0; i < a.ids.size(); ++i) {
    if (a.ids[i] != kNoChannel && b.ids[i] != kNoChannel) coupling.pairs.emplace_back(a.ids[i], b.ids[i]);
  }
  return coupling;
}

}  // namespace

Outcome<ChannelGraph> with_declared_couplings(const Declaration& declaration, const ChannelGraph& graph) {
  ChannelGraph held = select_shuffles(graph, std::vector<bool>(graph.shuffles.size(), declaration.shuffles == ShuffleRule::kSelect));
  held = select_reads(std::move(held), declaration.selected_reads);
  const std::vector<GroupRule> rules = rules_of(graph, declaration);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i] == GroupRule::kDrop) held.couplings.push_back(one_per_group(graph.grouped[i]));
  }
  Diagnostics diagnostics;
  for (const TieGroup& group : declaration.ties) {
    if (!group.tie->even_if_unrelated) continue;
    const std::vector<std::size_t> members = group.members();
    const NormSite& first = graph.norms[members.front()];
    for (const std::size_t norm : members) {
      const NormSite& other = graph.norms[norm];
      if (other.ids.size() != first.ids.size()) {
        diagnostics.push_back(different_widths(*group.tie, first, other));
      } else {
        held.couplings.push_back(tied_by_rules(*group.tie, first, other));
      }
    }
  }
  if (has_error(diagnostics)) return diagnostics;
  return held;
}

std::vector<const GroupedConvolution*> layers_that_keep_groups(const ChannelGraph& graph, const Declaration& declaration) {
  const std::vector<GroupRule> rules = rules_of(graph, declaration);
  std::vector<const GroupedConvolution*> layers;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i] == GroupRule::kKeep) layers.push_back(&graph.grouped[i]);
  }
  return layers;
}

}  // namespace prunec

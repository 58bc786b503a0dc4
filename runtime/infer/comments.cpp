// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/comments.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "runtime/channels/channel_classes.h"

namespace prunec::infer {

namespace {

/// The classes of the norms' channels.
std::unordered_set<std::size_t> classes_in(const std::vector<std::size_t>& norms, const ChannelGraph& graph,
                                           const ChannelClasses& classes) {
  std::unordered_set<std::size_t> found;
  for (const std::size_t norm : norms) {
    for (const ChannelId id : graph.norms[norm].ids) {
      if (id != kNoChannel) found.insert(classes.class_of[id]);
    }
  }
  return found;
}

bool touches(const std::vector<ChannelId>& ids, const std::unordered_set<std::size_t>& classes, const ChannelClasses& of) {
  return std::any_of(ids.begin(), ids.end(), [&](ChannelId id) { return id != kNoChannel && classes.contains(of.class_of[id]); });
}

struct Reason {
  std::string what;
  std::string first;
  std::size_t count = 0;
};

std::string text_of(const Reason& reason) {
  const std::string what = reason.what.starts_with("the ") ? "the same through " + reason.what : reason.what;
  const std::string at = reason.first.empty() ? "" : "at `" + reason.first + "`";
  if (reason.count == 1) return what + (at.empty() ? "" : " " + at);
  return what + " (" + std::to_string(reason.count) + " times" + (at.empty() ? "" : ", first " + at) + ")";
}

}  // namespace

std::vector<std::string> reasons_for(const Relation& relation, const ChannelGraph& graph, const Streams& streams) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<std::size_t> norms;
  for (const std::size_t stream : relation.streams) {
    norms.insert(norms.end(), streams.streams[stream].norms.begin(), streams.streams[stream].norms.end());
  }
  const auto mine = classes_in(norms, graph, classes);
  std::vector<Reason> reasons;
  for (const Coupling& coupling : graph.couplings) {
    const bool here = std::any_of(coupling.pairs.begin(), coupling.pairs.end(),
                                  [&](const auto& pair) { return mine.contains(classes.class_of[pair.first]); });
    if (!here) continue;
    auto known = std::find_if(reasons.begin(), reasons.end(), [&](const Reason& r) { return r.what == coupling.what; });
    if (known == reasons.end()) known = reasons.insert(reasons.end(), {coupling.what, coupling.layer, 0});
    ++known->count;
  }
  std::vector<std::string> texts;
  if (relation.shares_some) texts.emplace_back("in concatenations or parts of one another");
  constexpr std::size_t kMostReasons = 4;
  for (const Reason& reason : reasons) {
    if (texts.size() < kMostReasons) texts.push_back(text_of(reason));
  }
  return texts;
}

std::vector<WholeDraft> whole_norms(const ChannelGraph& graph, const Streams& streams) {
  std::vector<WholeDraft> whole;
  for (std::size_t norm = 0; norm < streams.norms.size(); ++norm) {
    const NormRole& role = streams.norms[norm];
    if (role.whole_because.empty()) continue;
    const std::string& reason = role.whole_because;
    auto known =
        std::find_if(whole.begin(), whole.end(), [&](const WholeDraft& w) { return w.reason == reason && w.partly == role.prunable; });
    if (known == whole.end()) known = whole.insert(whole.end(), {reason, role.whole_at, {}, role.prunable});
    known->norms.push_back("`" + graph.norms[norm].path + "`");
  }
  return whole;
}

std::vector<std::string> grouped_layers(const ChannelGraph& graph, const Streams& streams) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<std::size_t> norms;
  for (std::size_t norm = 0; norm < streams.norms.size(); ++norm) {
    if (streams.norms[norm].prunable) norms.push_back(norm);
  }
  const auto prunable = classes_in(norms, graph, classes);
  std::vector<std::string> layers;
  for (const GroupedConvolution& layer : graph.grouped) {
    if (touches(layer.inputs, prunable, classes) || touches(layer.outputs, prunable, classes)) layers.push_back("`" + layer.path + "`");
  }
  return layers;
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::string text;
  const std::size_t shown = names.size() <= kShown + 1 ? names.size() : kShown;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == shown && shown == names.size() && i > 0;
    text += (i == 0 ? "" : last ? " and " : ", ") + names[i];
  }
  return shown == names.size() ? text : text + " and " + std::to_string(names.size() - shown) + " more";
}

}  // namespace prunec::infer

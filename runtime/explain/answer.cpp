// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/answer.h"

#include <algorithm>
#include <charconv>

#include "compiler/diag/nearest.h"
#include "runtime/explain/sentences.h"

namespace prunec {

namespace {

constexpr const char* kUntouched = "no statement of the strategy touches its channels";
constexpr const char* kNotFollowed = "prunec does not follow its channels, so none of them goes";

bool contains(const std::vector<std::size_t>& sorted, std::size_t value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

bool is_inside(const std::string& path, const std::string& module) {
  return path.size() > module.size() && path.starts_with(module) && path[module.size()] == '.';
}

std::string reason_of(const UntouchedLayer& layer) {
  if (layer.width == 0) return kNotFollowed;
  return layer.pinned.empty() ? std::string(kUntouched) : std::string(kUntouched) + ", and a channel of it " + layer.pinned;
}

/// Every score of a pool, ascending.
std::vector<double> scores_in(const Decisions& decisions, const std::string& name) {
  std::vector<double> pool;
  for (const SetDecision& set : decisions.sets) {
    if (set.pool != name) continue;
    for (const Voter& voter : set.voters) pool.insert(pool.end(), voter.scores.begin(), voter.scores.end());
  }
  std::sort(pool.begin(), pool.end());
  return pool;
}

std::size_t rank_in(const std::vector<double>& pool, double score) {
  return static_cast<std::size_t>(std::lower_bound(pool.begin(), pool.end(), score) - pool.begin()) + 1;
}

/// The paths of all layers, each once, and of the modules around them.
std::vector<std::string> known_paths(const Decisions& decisions) {
  std::vector<std::string> paths;
  for (const SetDecision& set : decisions.sets) {
    for (const LayerPart& layer : set.layers) paths.push_back(layer.path);
  }
  for (const UntouchedLayer& layer : decisions.untouched) paths.push_back(layer.path);
  const std::size_t layers = paths.size();
  for (std::size_t i = 0; i < layers; ++i) {
    for (std::size_t dot = paths[i].find('.'); dot != std::string::npos; dot = paths[i].find('.', dot + 1))
      paths.push_back(paths[i].substr(0, dot));
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

/// Those that share the longest beginning with the name, for one that is too far from all of them to be a slip.
std::vector<std::string> nearest_by_beginning(const std::string& name, std::vector<std::string> paths) {
  const auto shared = [&](const std::string& path) {
    return static_cast<std::size_t>(std::mismatch(path.begin(), path.end(), name.begin(), name.end()).first - path.begin());
  };
  std::stable_sort(paths.begin(), paths.end(), [&](const auto& a, const auto& b) { return shared(a) > shared(b); });
  paths.resize(std::min<std::size_t>(3, paths.size()));
  return paths;
}

Diagnostic unknown_layer(const Decisions& decisions, const std::string& layer) {
  Diagnostic diagnostic{Code::kP0817, "the model has no layer `" + layer + "`"};
  const std::vector<std::string> paths = known_paths(decisions);
  diagnostic.help = did_you_mean(layer, paths, "the nearest are " + quoted_list(nearest_by_beginning(layer, paths), "and"));
  return diagnostic;
}

Diagnostic no_such_channel(const Question& question, std::size_t width) {
  Diagnostic diagnostic{Code::kP0818, "`" + question.layer + "` has no channel " + std::to_string(*question.channel)};
  diagnostic.help = width == 0 ? "prunec does not follow the channels of this layer; ask for the layer as a whole, or for a norm behind it"
                               : "its channels count from 0 to " + std::to_string(width - 1);
  return diagnostic;
}

ChannelAnswer decided(const Decisions& decisions, const Question& question, std::size_t s, std::size_t channel) {
  const SetDecision& set = decisions.sets[s];
  const std::vector<double> pool = scores_in(decisions, set.pool);
  ChannelAnswer a;
  a.question = question;
  a.set = s;
  a.channel = channel;
  a.removed = contains(set.removed, channel);
  a.wished = contains(set.wished, channel);
  a.policy = set.policy;
  a.threshold = set.threshold;
  a.pool = pool.size();
  if (channel < set.scores.size()) {
    a.score = set.scores[channel];
    a.rank = rank_in(pool, *a.score);
  }
  for (const Voter& voter : set.voters) {
    if (channel >= voter.scores.size()) continue;
    a.votes.push_back({voter.path, voter.scores[channel], rank_in(pool, voter.scores[channel]), contains(voter.named, channel)});
  }
  a.carried = set.carried;
  for (const LayerPart& layer : set.layers) {
    for (std::size_t i = 0; i < layer.channels.size(); ++i) {
      const bool asked = layer.path == question.layer && layer.positions[i] == question.channel;
      if (layer.channels[i] == channel && !asked) a.same.emplace_back(layer.path, layer.positions[i]);
    }
  }
  a.statements = set.statements;
  a.kept_because = set.kept_because;
  if (a.kept_because.empty() && a.wished != a.removed) a.rounded = a.wished ? Rounded::kGivenBack : Rounded::kTaken;
  a.sentences = sentences_of(a, &set);
  return a;
}

Outcome<Answer> answer_channel(const Decisions& decisions, const Question& question) {
  std::optional<std::size_t> width;
  for (std::size_t s = 0; s < decisions.sets.size(); ++s) {
    for (const LayerPart& layer : decisions.sets[s].layers) {
      if (layer.path != question.layer) continue;
      width = layer.width;
      const auto at = std::find(layer.positions.begin(), layer.positions.end(), *question.channel);
      if (at == layer.positions.end()) continue;
      const std::size_t channel = layer.channels[static_cast<std::size_t>(at - layer.positions.begin())];
      return Answer(decided(decisions, question, s, channel));
    }
  }
  std::string reason = kUntouched;
  for (const UntouchedLayer& layer : decisions.untouched) {
    if (layer.path != question.layer) continue;
    width = layer.width;
    reason = reason_of(layer);
  }
  if (!width) return unknown_layer(decisions, question.layer);
  if (*question.channel >= *width) return no_such_channel(question, *width);
  // A layer may hold channels that the strategy touches and others that it does not.
  ChannelAnswer a;
  a.question = question;
  a.kept_because = reason;
  a.sentences = sentences_of(a, nullptr);
  return Answer(std::move(a));
}

void add_part(const SetDecision& set, const LayerPart& part, std::vector<LayerFate>& fates) {
  auto fate = std::find_if(fates.begin(), fates.end(), [&](const LayerFate& known) { return known.path == part.path; });
  if (fate == fates.end()) fate = fates.insert(fates.end(), {part.path, part.width, part.width, 0, 0, 0, set.budget, set.kept_because});
  if (set.kept_because.empty()) fate->kept_because.clear();
  for (const std::size_t channel : part.channels) {
    const bool removed = contains(set.removed, channel), wished = contains(set.wished, channel);
    fate->after -= removed ? 1 : 0;
    fate->below += wished ? 1 : 0;
    fate->given_back += wished && !removed ? 1 : 0;
    fate->taken += removed && !wished ? 1 : 0;
  }
}

Outcome<Answer> answer_layer(const Decisions& decisions, const Question& question) {
  LayerAnswer a;
  a.question = question;
  const auto asked = [&](const std::string& path) { return path == question.layer || is_inside(path, question.layer); };
  for (const SetDecision& set : decisions.sets) {
    bool speaks = false;
    for (const LayerPart& part : set.layers) {
      if (!asked(part.path)) continue;
      add_part(set, part, a.layers);
      speaks = true;
    }
    for (const StatementPlace& place : set.statements) {
      if (speaks && std::find(a.statements.begin(), a.statements.end(), place) == a.statements.end()) a.statements.push_back(place);
    }
  }
  for (const UntouchedLayer& layer : decisions.untouched) {
    if (asked(layer.path)) a.layers.push_back({layer.path, layer.width, layer.width, 0, 0, 0, "", reason_of(layer)});
  }
  if (a.layers.empty()) return unknown_layer(decisions, question.layer);
  a.sentences = sentences_of(a);
  return Answer(std::move(a));
}

}  // namespace

Outcome<Question> read_question(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return Question{std::string(text), std::nullopt};
  const std::string_view digits = text.substr(colon + 1);
  std::size_t channel = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), channel);
  if (error == std::errc{} && end == digits.data() + digits.size()) return Question{std::string(text.substr(0, colon)), channel};
  Diagnostic diagnostic{Code::kP0818, "`" + std::string(digits) + "` is no number of a channel"};
  diagnostic.help = "write the layer, a colon and the channel, for example `layer2.0.conv1:17`";
  return diagnostic;
}

Outcome<Answer> answer(const Decisions& decisions, const Question& question) {
  return question.channel ? answer_channel(decisions, question) : answer_layer(decisions, question);
}

}  // namespace prunec

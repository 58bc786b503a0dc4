// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/decisions_json.h"

#include <numeric>

namespace prunec {

namespace {

constexpr std::size_t kWidest = 1U << 24U;

bool is_run(const std::vector<std::size_t>& numbers) {
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] != numbers[i - 1] + 1) return false;
  }
  return !numbers.empty();
}

/// Mostly a set's channels lie on a layer in one piece and in order: then the first position and the first channel say it all.
Json json_of(const LayerPart& part) {
  Json json{{"path", part.path}, {"width", part.width}};
  if (is_run(part.positions) && is_run(part.channels)) {
    json["position"] = part.positions.front();
    json["channel"] = part.channels.front();
    json["count"] = part.positions.size();
  } else {
    json["positions"] = part.positions;
    json["channels"] = part.channels;
  }
  return json;
}

std::vector<std::size_t> run(std::size_t first, std::size_t count) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

LayerPart read_part(const JsonReader& reader, std::size_t set_width) {
  LayerPart part{reader.at("path").text(), reader.at("width").index(kWidest), {}, {}};
  if (const auto count = reader.find("count")) {
    const std::size_t length = count->index(part.width + 1);
    const std::size_t position = reader.at("position").index(part.width - length + 1);
    const std::size_t channel = reader.at("channel").index(set_width + 1);
    if (channel + length > set_width) count->refuse("leads beyond the set's channels");
    // Nothing of a length that was refused is made.
    if (channel + length <= set_width) return {part.path, part.width, run(position, length), run(channel, length)};
  } else {
    part.positions = reader.at("positions").indices(part.width);
    part.channels = reader.at("channels").indices(set_width);
    if (part.positions.size() != part.channels.size()) reader.at("channels").refuse("has another length than `positions`");
  }
  return part;
}

Json json_of(const StatementPlace& place) {
  return {{"keyword", place.keyword},
          {"file", place.origin.file},
          {"line", place.origin.line},
          {"column", place.origin.column},
          {"length", place.origin.length}};
}

StatementPlace read_place(const JsonReader& reader) {
  return {reader.at("keyword").text(),
          {reader.at("file").text(), reader.at("line").index(), reader.at("column").index(), reader.at("length").index()}};
}

Json json_of(const Voter& voter) {
  Json json{{"path", voter.path}, {"scores", voter.scores}};
  if (!voter.named.empty()) json["named"] = voter.named;
  return json;
}

Json json_of(const SetDecision& set);

template <typename List>
Json array_of(const List& list) {
  Json array = Json::array();
  for (const auto& element : list) array.push_back(json_of(element));
  return array;
}

Json json_of(const SetDecision& set) {
  Json json{
      {"width", set.width}, {"policy", set.policy}, {"threshold", set.threshold}, {"multiple", set.multiple}, {"rounding", set.rounding}};
  if (!set.kept_because.empty()) json["kept_because"] = set.kept_because;
  if (set.least > 1) json["least"] = set.least;
  if (set.cells > 1) json["cells"] = set.cells;
  if (!set.budget.empty()) json["budget"] = set.budget;
  if (!set.pool.empty()) json["pool"] = set.pool;
  json["statements"] = array_of(set.statements);
  json["layers"] = array_of(set.layers);
  json["voters"] = array_of(set.voters);
  json["carried"] = set.carried;
  json["scores"] = set.scores;
  json["wished"] = set.wished;
  json["removed"] = set.removed;
  return json;
}

/// A list of one number per channel; empty where there is none.
std::vector<double> scores(const JsonReader& reader, std::size_t width) {
  std::vector<double> numbers = reader.numbers();
  if (!numbers.empty() && numbers.size() != width) reader.refuse("has another length than its set");
  numbers.resize(numbers.empty() ? 0 : width);
  return numbers;
}

SetDecision read_set(const JsonReader& reader) {
  SetDecision set;
  // Every channel lies somewhere, so the layers bound the width.
  for (const JsonReader& layer : reader.at("layers").elements()) set.width += layer.at("width").index(kWidest);
  set.width = reader.at("width").index(set.width + 1);
  set.policy = reader.at("policy").text();
  set.threshold = reader.at("threshold").number();
  set.multiple = reader.at("multiple").index();
  if (set.multiple == 0) reader.at("multiple").refuse("is 0");
  set.rounding = reader.at("rounding").text();
  if (const auto reason = reader.find("kept_because")) set.kept_because = reason->text();
  if (const auto least = reader.find("least")) set.least = least->index();
  if (const auto cells = reader.find("cells")) set.cells = cells->index();
  if (const auto budget = reader.find("budget")) set.budget = budget->text();
  if (const auto pool = reader.find("pool")) set.pool = pool->text();
  for (const JsonReader& place : reader.at("statements").elements()) set.statements.push_back(read_place(place));
  for (const JsonReader& layer : reader.at("layers").elements()) set.layers.push_back(read_part(layer, set.width));
  for (const JsonReader& voter : reader.at("voters").elements()) {
    const auto named = voter.find("named");
    set.voters.push_back(
        {voter.at("path").text(), scores(voter.at("scores"), set.width), named ? named->indices(set.width) : std::vector<std::size_t>()});
  }
  set.carried = reader.at("carried").texts();
  set.scores = scores(reader.at("scores"), set.width);
  set.wished = reader.at("wished").indices(set.width);
  set.removed = reader.at("removed").indices(set.width);
  return set;
}

}  // namespace

Json decisions_json(const Decisions& decisions) {
  Json untouched = Json::array();
  for (const UntouchedLayer& layer : decisions.untouched) {
    untouched.push_back({{"path", layer.path}, {"width", layer.width}});
    if (!layer.pinned.empty()) untouched.back()["pinned"] = layer.pinned;
  }
  return {{"sets", array_of(decisions.sets)}, {"untouched", std::move(untouched)}};
}

Decisions read_decisions(const JsonReader& reader) {
  Decisions decisions;
  for (const JsonReader& set : reader.at("sets").elements()) decisions.sets.push_back(read_set(set));
  for (const JsonReader& layer : reader.at("untouched").elements()) {
    const auto pinned = layer.find("pinned");
    decisions.untouched.push_back({layer.at("path").text(), layer.at("width").index(), pinned ? pinned->text() : std::string()});
  }
  return decisions;
}

}  // namespace prunec

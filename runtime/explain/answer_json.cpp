// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "runtime/explain/answer.h"

namespace prunec {

namespace {

using Json = nlohmann::ordered_json;

const char* text_of(Rounded rounded) {
  switch (rounded) {
    case Rounded::kNo:
      return "no";
    case Rounded::kGivenBack:
      return "given back";
    case Rounded::kTaken:
      return "taken";
  }
  return "";
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

Json json_of(const std::vector<StatementPlace>& statements) {
  Json array = Json::array();
  for (const StatementPlace& place : statements) {
    const Origin& origin = place.origin;
    array.push_back({{"keyword", place.keyword}, {"file", origin.file}, {"line", origin.line}, {"column", origin.column}});
  }
  return array;
}

Json json_of(const ChannelAnswer& a) {
  Json json{{"layer", a.question.layer}, {"channel", a.question.channel.value_or(0)}, {"removed", a.removed}};
  if (a.set) {
    json["set"] = {{"number", *a.set}, {"channel", a.channel}};
    json["policy"] = a.policy;
    if (a.score) json["score"] = {{"value", *a.score}, {"rank", a.rank}, {"of", a.pool}};
    json["threshold"] = a.threshold;
    json["votes"] = Json::array();
    for (const Vote& vote : a.votes) {
      json["votes"].push_back({{"layer", vote.path}, {"score", vote.score}, {"rank", vote.rank}});
      if (a.policy == "quota") json["votes"].back()["named"] = vote.named;
    }
    json["carried"] = a.carried;
    json["same"] = Json::array();
    for (const auto& [path, position] : a.same) json["same"].push_back({{"layer", path}, {"channel", position}});
    json["wished"] = a.wished;
    json["rounding"] = text_of(a.rounded);
    json["statements"] = json_of(a.statements);
  }
  if (!a.kept_because.empty()) json["kept_because"] = a.kept_because;
  json["text"] = joined(a.sentences);
  return json;
}

Json json_of(const LayerAnswer& a) {
  Json json{{"layer", a.question.layer}, {"layers", Json::array()}};
  for (const LayerFate& layer : a.layers) {
    Json entry{{"layer", layer.path},   {"before", layer.before},         {"after", layer.after},
               {"wished", layer.below}, {"given_back", layer.given_back}, {"taken", layer.taken}};
    if (!layer.budget.empty()) entry["budget"] = layer.budget;
    if (!layer.kept_because.empty()) entry["kept_because"] = layer.kept_because;
    json["layers"].push_back(std::move(entry));
  }
  json["statements"] = json_of(a.statements);
  json["text"] = joined(a.sentences);
  return json;
}

}  // namespace

std::string answers_json(const std::vector<Answer>& answers) {
  Json json{{"schema", 1}, {"prunec", PRUNEC_VERSION}, {"answers", Json::array()}};
  for (const Answer& answer : answers) {
    json["answers"].push_back(std::visit([](const auto& a) { return json_of(a); }, answer));
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace prunec

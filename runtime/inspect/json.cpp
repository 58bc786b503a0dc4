// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/inspect/json.h"

#include <nlohmann/json.hpp>

namespace prunec {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const LayerRow& row) {
  return {{"path", row.path}, {"kind", row.kind}, {"inputs", row.inputs}, {"outputs", row.outputs}, {"parameters", row.parameters},
          {"macs", row.macs}};
}

Json json_of(const NormScales& norm) {
  return {{"path", norm.path}, {"width", norm.width}, {"quantiles", norm.quantiles}, {"not_finite", norm.not_finite}};
}

Json json_of(const UnionReason& reason) {
  return {{"text", reason.text}, {"layer", reason.layer}, {"channels", reason.channels}};
}

Json json_of(const PinRow& pin) {
  return {{"reason", pin.reason}, {"layer", pin.layer}, {"channels", pin.channels}};
}

Json json_of(const UnknownOperation& operation) {
  return {{"name", operation.name}, {"count", operation.count}, {"channels", operation.channels}};
}

Json json_of(const SetRow& set);

template <typename List>
Json array_of(const List& list) {
  Json array = Json::array();
  for (const auto& element : list) array.push_back(json_of(element));
  return array;
}

Json json_of(const SetRow& set) {
  Json json{{"width", set.width}, {"norms", set.norms}, {"makers", set.makers}, {"reasons", array_of(set.reasons)}};
  if (!set.pinned.empty()) json["pinned"] = {{"reason", set.pinned}, {"layer", set.pinned_at}};
  return json;
}

}  // namespace

std::string inspection_json(const Inspection& i) {
  Json json;
  json["schema"] = 1;
  json["prunec"] = PRUNEC_VERSION;
  json["model"] = {{"path", i.facts.model_path}, {"sha256", i.facts.model_sha256}, {"format", i.facts.model_format}};
  json["input"] = i.facts.input;
  json["totals"] = {{"parameters", i.parameters}, {"macs", i.macs}};
  json["layers"] = array_of(i.layers);
  json["norms"] = array_of(i.norms);
  json["sets"] = array_of(i.sets);
  json["pins"] = array_of(i.pins);
  json["operations_without_a_rule"] = array_of(i.unknown);
  json["prunable"] = {{"channels", i.removable_channels}, {"of", i.norm_channels}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace prunec

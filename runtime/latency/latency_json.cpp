// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/latency/latency_json.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "runtime/json/json_reader.h"

namespace prunec {

namespace {

Json json_of(const LayerLatency& layer) {
  return {{"weight", layer.weight}, {"inputs", layer.table.inputs}, {"outputs", layer.table.outputs}, {"picoseconds", layer.table.costs}};
}

std::vector<std::int64_t> lengths(const JsonReader& reader) {
  std::vector<std::int64_t> values = reader.wholes();
  const bool ascending = std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
  if (values.empty() || !ascending || values.front() < 1) reader.refuse("is no ascending list of lengths");
  return values;
}

LayerLatency layer_of(const JsonReader& reader) {
  LayerLatency layer{reader.at("weight").text(), {lengths(reader.at("inputs")), lengths(reader.at("outputs")), {}}};
  layer.table.costs = reader.at("picoseconds").wholes();
  const std::size_t expected = layer.table.inputs.size() * layer.table.outputs.size();
  const auto& costs = layer.table.costs;
  if (costs.size() != expected)
    reader.at("picoseconds").refuse("has " + std::to_string(costs.size()) + " times, not " + std::to_string(expected));
  if (std::any_of(costs.begin(), costs.end(), [](Cost cost) { return cost < 0; })) reader.at("picoseconds").refuse("has a negative time");
  return layer;
}

Diagnostic damaged(const std::string& path, std::string message, std::string note) {
  Diagnostic diagnostic{Code::kP0553, std::move(message), FilePlace{path}};
  if (!note.empty()) diagnostic.notes.push_back({{}, std::move(note)});
  diagnostic.help = "measure again with `prunec bench MODEL --table FILE`";
  return diagnostic;
}

}  // namespace

std::string write_latency(const LatencyTable& latency) {
  const auto text = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
  std::string out = "{\n \"latency\": " + std::to_string(kLatencyVersion) + ",\n \"prunec\": \"" PRUNEC_VERSION "\",\n \"model\": " +
                    text({{"path", latency.model_path}, {"sha256", latency.model_sha256}}) + ",\n \"device\": " + text(latency.device) +
                    ",\n \"input\": " + text(latency.input) + ",\n \"layers\": [";
  for (std::size_t i = 0; i < latency.layers.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + text(json_of(latency.layers[i]));
  return out + "]\n}\n";
}

Outcome<LatencyTable> read_latency(const std::string& path, std::string_view text) {
  const ParsedJson parsed = parse_json(text);
  if (!parsed.mistake.empty()) return damaged(path, "the latency table is damaged", parsed.mistake);
  std::string mistake;
  const JsonReader root(parsed.value, mistake);
  const std::int64_t version = root.at("latency").whole();
  if (!mistake.empty()) return damaged(path, "the file holds no latency table", mistake);
  if (version != kLatencyVersion) {
    return damaged(
        path,
        "the latency table is of version " + std::to_string(version) + ", and this prunec reads version " + std::to_string(kLatencyVersion),
        "");
  }
  LatencyTable latency{
      root.at("model").at("path").text(), root.at("model").at("sha256").text(), root.at("device").text(), root.at("input").wholes(), {}};
  for (const JsonReader& layer : root.at("layers").elements()) latency.layers.push_back(layer_of(layer));
  if (!mistake.empty()) return damaged(path, "the latency table is damaged", mistake);
  return latency;
}

}  // namespace prunec

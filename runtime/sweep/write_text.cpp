// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <nlohmann/json.hpp>

#include "runtime/sweep/write.h"

namespace prunec {

namespace {

using Json = nlohmann::ordered_json;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

/// Module names may hold anything.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string optional_number(const std::optional<double>& value) {
  return value ? number(*value) : "";
}

std::string row(double asked, double used, double kept, const std::optional<double>& gap, const Usage& usage,
                const std::vector<std::int64_t>& widths) {
  std::string line = number(asked) + "," + number(used) + "," + number(kept) + "," + optional_number(gap) + "," +
                     std::to_string(usage.channels) + "," + std::to_string(usage.parameters) + "," + std::to_string(usage.macs) + "," +
                     (usage.picoseconds ? std::to_string(*usage.picoseconds) : "");
  for (const std::int64_t width : widths) line += "," + std::to_string(width);
  return line + "\n";
}

Json json_of(const Usage& usage) {
  Json json{{"channels", usage.channels}, {"parameters", usage.parameters}, {"macs", usage.macs}};
  if (usage.picoseconds) json["picoseconds"] = *usage.picoseconds;
  return json;
}

Json json_of(const SweepPoint& point) {
  Json json{{"asked", point.asked}, {"used", point.used}, {"kept_score", point.kept_score}};
  if (point.gap) json["gap"] = *point.gap;
  json["usage"] = json_of(point.usage);
  json["widths"] = point.widths;
  return json;
}

}  // namespace

std::string sweep_csv(const Sweep& sweep) {
  std::string csv = "asked,used,kept_score,gap,channels,parameters,macs,picoseconds";
  for (const std::string& layer : sweep.layers) csv += "," + field(layer);
  csv += "\n" + row(1, 1, 1, 0.0, sweep.before, sweep.widths);
  for (const SweepPoint& point : sweep.points) csv += row(point.asked, point.used, point.kept_score, point.gap, point.usage, point.widths);
  return csv;
}

std::string sweep_json(const Sweep& sweep) {
  Json json{{"schema", 1}, {"prunec", PRUNEC_VERSION}};
  json["model"] = {{"path", sweep.model_path}, {"sha256", sweep.model_sha256}};
  json["plan"] = {{"architecture", sweep.architecture}, {"strategy", sweep.strategy}};
  json["resource"] = sweep.resource;
  json["device"] = sweep.device;
  json["input"] = sweep.input;
  json["layers"] = sweep.layers;
  json["original"] = {{"usage", json_of(sweep.before)}, {"widths", sweep.widths}};
  json["points"] = Json::array();
  for (const SweepPoint& point : sweep.points) json["points"].push_back(json_of(point));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace prunec

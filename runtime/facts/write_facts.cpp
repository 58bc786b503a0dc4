// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "runtime/facts/facts_json.h"

namespace prunec {

namespace {

using Json = nlohmann::ordered_json;

/// kNoChannel is written as -1.
Json ids_json(const std::vector<ChannelId>& ids) {
  Json list = Json::array();
  for (const ChannelId id : ids) list.push_back(id == kNoChannel ? std::int64_t{-1} : static_cast<std::int64_t>(id));
  return list;
}

// Each function takes its struct apart whole, so that a new member that is not saved does not compile.

Json json_of(const ParameterAxis& of) {
  const auto& [tensor, axis, ids] = of;
  return {{"tensor", tensor}, {"axis", axis}, {"ids", ids_json(ids)}};
}

Json json_of(const NormSite& of) {
  const auto& [path, kind, scale, shift, ids] = of;
  return {{"path", path}, {"kind", kind}, {"scale", scale}, {"shift", shift}, {"ids", ids_json(ids)}};
}

Json json_of(const Coupling& of) {
  const auto& [what, layer, pairs] = of;
  std::vector<ChannelId> first, second;
  for (const auto& [a, b] : pairs) {
    first.push_back(a);
    second.push_back(b);
  }
  return {{"what", what}, {"layer", layer}, {"ids", ids_json(first)}, {"equal", ids_json(second)}};
}

Json json_of(const Pin& of) {
  const auto& [reason, layer, ids] = of;
  return {{"reason", reason}, {"layer", layer}, {"ids", ids_json(ids)}};
}

Json json_of(const LayerCost& of) {
  const auto& [weight, positions] = of;
  return {{"weight", weight}, {"positions", positions}};
}

Json json_of(const DepthwiseLayer& of) {
  const auto& [path, ids] = of;
  return {{"path", path}, {"ids", ids_json(ids)}};
}

Json json_of(const GroupedConvolution& of) {
  const auto& [path, weight, groups, inputs, outputs, transposed] = of;
  return {{"path", path},
          {"weight", weight},
          {"groups", groups},
          {"inputs", ids_json(inputs)},
          {"outputs", ids_json(outputs)},
          {"transposed", transposed}};
}

Json json_of(const CodePlace& of) {
  const auto& [module, method, nodes] = of;
  return {{"module", module}, {"method", method}, {"nodes", nodes}};
}

Json json_of(const WidthArgument& of) {
  const auto& [place, operation, argument, element, ids, from_end, computed_of] = of;
  return {{"place", json_of(place)},
          {"operation", operation},
          {"argument", argument},
          {"element", element},
          {"ids", ids_json(ids)},
          {"from_end", from_end},
          {"computed_of", ids_json(computed_of)}};
}

Json json_of(const WidthSplit& of) {
  const auto& [place, operation, chunks, parts] = of;
  Json lists = Json::array();
  for (const auto& ids : parts) lists.push_back(ids_json(ids));
  return {{"place", json_of(place)}, {"operation", operation}, {"chunks", chunks}, {"parts", lists}};
}

Json json_of(const Shuffle& of) {
  const auto& [first, last, layer, groups, axis, inputs, outputs, selected] = of;
  return {{"first", json_of(first)},
          {"last", json_of(last)},
          {"layer", layer},
          {"groups", groups},
          {"axis", axis},
          {"inputs", ids_json(inputs)},
          {"selected", selected},
          {"outputs", ids_json(outputs)}};
}

Json json_of(const ConcatRead& of) {
  const auto& [place, operation, layer, inputs, outputs, selected] = of;
  return {{"place", json_of(place)},    {"operation", operation},       {"layer", layer},
          {"inputs", ids_json(inputs)}, {"outputs", ids_json(outputs)}, {"selected", selected}};
}

Json json_of(const Branch& of) {
  const auto& [path, outputs, next] = of;
  return {{"path", path}, {"outputs", ids_json(outputs)}, {"next", next}};
}

/// One element a line, so that two files can be compared by eye and by `diff`.
class Lines {
 public:
  void value(const char* key, const Json& json) { begin(key) += text(json); }

  template <typename T>
  void list(const char* key, const std::vector<T>& elements) {
    std::string& out = begin(key);
    out += "[";
    for (std::size_t i = 0; i < elements.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + text(json_of(elements[i]));
    out += "]";
  }

  std::string take() { return std::move(text_) + "\n}\n"; }

 private:
  std::string& begin(const char* key) {
    text_ += text_.empty() ? "{\n " : ",\n ";
    text_ += "\"" + std::string(key) + "\": ";
    return text_;
  }
  // Module names may hold any bytes; facts are written all the same.
  static std::string text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

  std::string text_;
};

}  // namespace

std::string write_facts(const ModelFacts& facts) {
  const auto& [model_path, model_sha256, model_format, input, modules, graph] = facts;
  const auto& [channel_count, axes, norms, couplings, pins, costs, depthwise, grouped, widths, splits, shuffles, reads, branches] = graph;
  Lines lines;
  lines.value("facts", kFactsVersion);
  lines.value("prunec", PRUNEC_VERSION);
  lines.value("model", {{"path", model_path}, {"sha256", model_sha256}, {"format", model_format}});
  lines.value("input", input);
  lines.value("modules", modules);
  lines.value("channel_count", channel_count);
  lines.list("norms", norms);
  lines.list("couplings", couplings);
  lines.list("pins", pins);
  lines.list("depthwise", depthwise);
  lines.list("grouped", grouped);
  lines.list("widths", widths);
  lines.list("splits", splits);
  lines.list("shuffles", shuffles);
  lines.list("reads", reads);
  lines.list("branches", branches);
  lines.list("costs", costs);
  lines.list("axes", axes);
  return lines.take();
}

}  // namespace prunec

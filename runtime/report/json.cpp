// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report/json.h"

#include <nlohmann/json.hpp>

#include "runtime/explain/decisions_json.h"

namespace prunec {

namespace {

Json json_of(const Change& change) {
  return {{"before", change.before}, {"after", change.after}};
}

Json json_of(const SiteReport& site) {
  Json json{{"path", site.path}, {"kind", site.kind}, {"before", site.before},       {"after", site.after},
            {"kept", site.kept}, {"set", site.set},   {"role", to_string(site.role)}};
  if (!site.reason.empty()) json["reason"] = site.reason;
  return json;
}

Json json_of(const EditReport& edit) {
  Json json{{"tensor", edit.tensor}, {"axis", edit.axis}, {"kept", edit.kept}};
  if (edit.groups != 1) json["groups"] = edit.groups;
  return json;
}

Json json_of(const AttributeReport& attribute) {
  return {{"path", attribute.path}, {"name", attribute.name}, {"before", attribute.before}, {"after", attribute.after}};
}

Json json_of(const CodeReport& code) {
  Json json{
      {"path", code.path}, {"method", code.method}, {"nodes", code.nodes}, {"operation", code.operation}, {"argument", code.argument}};
  if (code.element >= 0) json["element"] = code.element;
  json["before"] = code.before;
  json["after"] = code.after;
  return json;
}

Json json_of(const VerificationReport& v) {
  return {{"performed", v.performed},       {"passed", v.passed},       {"max_abs_diff", v.max_abs_diff},
          {"max_rel_diff", v.max_rel_diff}, {"tolerance", v.tolerance}, {"inputs", v.inputs}};
}

Json json_of(const PoolReport& pool) {
  return {{"name", pool.name}, {"threshold", pool.threshold}, {"size", pool.size}};
}

Json json_of(const BudgetReport& budget) {
  Json json{{"limit", budget.limit}, {"used", json_of(budget.used)}, {"kept_score", budget.kept_score}};
  if (budget.gap) json["gap"] = *budget.gap;
  return json;
}

template <typename List>
Json array_of(const List& list) {
  Json array = Json::array();
  for (const auto& element : list) array.push_back(json_of(element));
  return array;
}

}  // namespace

std::string report_json(const Report& r) {
  Json json;
  json["schema"] = 1;
  json["prunec"] = PRUNEC_VERSION;
  json["model"] = {{"path", r.model_path}, {"sha256", r.model_sha256}, {"format", r.model_format}};
  json["plan"] = {{"architecture", r.architecture}, {"strategy", r.strategy}, {"rules_sha256", r.rules_sha256}};
  json["request"] = {{"kind", r.request_kind}, {"value", r.request_value}};
  json["reached"] = {{"channels_removed", r.reached_channels_removed}};
  json["threshold"] = r.threshold;
  if (!r.pools.empty()) json["pools"] = array_of(r.pools);
  if (r.budget) json["budget"] = json_of(*r.budget);
  json["channels"] = array_of(r.channels);
  json["edits"] = array_of(r.edits);
  json["attributes"] = array_of(r.attributes);
  if (!r.code.empty()) json["code"] = array_of(r.code);
  if (!r.modules.empty()) json["modules"] = r.modules;
  json["totals"] = {{"parameters", json_of(r.parameters)}, {"macs", json_of(r.macs)}, {"bytes", json_of(r.bytes)}};
  json["verification"] = json_of(r.verification);
  json["output"] = {{"path", r.output_path}, {"sha256", r.output_sha256}};
  if (r.decisions) json["decisions"] = decisions_json(*r.decisions);
  // Module names may hold any bytes; a report is written all the same.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string verification_json(const VerificationReport& verification) {
  const Json json{{"schema", 1}, {"prunec", PRUNEC_VERSION}, {"verification", json_of(verification)}};
  return json.dump(1) + "\n";
}

}  // namespace prunec

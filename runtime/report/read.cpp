// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report/read.h"

#include "runtime/explain/decisions_json.h"
#include "runtime/json/json_reader.h"

namespace prunec {

namespace {

constexpr std::int64_t kSchema = 1;

SiteRole read_role(const JsonReader& reader) {
  const std::string text = reader.text();
  for (const SiteRole role : {SiteRole::kVoter, SiteRole::kCarried, SiteRole::kKept}) {
    if (text == to_string(role)) return role;
  }
  reader.refuse("is no role of a site");
  return SiteRole::kKept;
}

/// Sorted positions, each once.
std::vector<std::int64_t> kept(const JsonReader& reader, std::int64_t width) {
  const std::vector<std::int64_t> positions = reader.wholes();
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] < 0 || positions[i] >= width || (i > 0 && positions[i] <= positions[i - 1])) {
      reader.refuse("is no sorted list of positions below " + std::to_string(width));
      return {};
    }
  }
  return positions;
}

SiteReport site(const JsonReader& reader) {
  SiteReport site;
  site.path = reader.at("path").text();
  site.kind = reader.at("kind").text();
  site.before = reader.at("before").whole();
  site.after = reader.at("after").whole();
  site.kept = kept(reader.at("kept"), site.before);
  if (site.after != static_cast<std::int64_t>(site.kept.size())) reader.at("after").refuse("is another number than `kept` has positions");
  site.set = reader.at("set").whole();
  site.role = read_role(reader.at("role"));
  if (const auto reason = reader.find("reason")) site.reason = reason->text();
  return site;
}

EditReport edit(const JsonReader& reader) {
  EditReport edit;
  edit.tensor = reader.at("tensor").text();
  edit.axis = reader.at("axis").whole();
  edit.kept = kept(reader.at("kept"), INT64_MAX);
  if (const auto groups = reader.find("groups")) edit.groups = groups->whole();
  return edit;
}

AttributeReport attribute(const JsonReader& reader) {
  return {reader.at("path").text(), reader.at("name").text(), reader.at("before").whole(), reader.at("after").whole()};
}

CodeReport code(const JsonReader& reader) {
  CodeReport code{reader.at("path").text(),      reader.at("method").text(),   reader.at("nodes").wholes(),
                  reader.at("operation").text(), reader.at("argument").text(), -1,
                  reader.at("before").wholes(),  reader.at("after").wholes()};
  if (const auto element = reader.find("element")) code.element = element->whole();
  return code;
}

Change change(const JsonReader& reader) {
  return {reader.at("before").whole(), reader.at("after").whole()};
}

BudgetReport budget(const JsonReader& reader) {
  BudgetReport budget{reader.at("limit").whole(), change(reader.at("used")), reader.at("kept_score").number(), {}};
  if (const auto gap = reader.find("gap")) budget.gap = gap->number();
  return budget;
}

VerificationReport verification(const JsonReader& reader) {
  return {reader.at("performed").flag(),      reader.at("passed").flag(),      reader.at("max_abs_diff").number(),
          reader.at("max_rel_diff").number(), reader.at("tolerance").number(), reader.at("inputs").text()};
}

Report report(const JsonReader& root) {
  Report r;
  const JsonReader model = root.at("model"), plan = root.at("plan"), totals = root.at("totals");
  r.model_path = model.at("path").text();
  r.model_sha256 = model.at("sha256").text();
  r.model_format = model.at("format").text();
  r.architecture = plan.at("architecture").text();
  r.strategy = plan.at("strategy").text();
  r.rules_sha256 = plan.at("rules_sha256").text();
  r.request_kind = root.at("request").at("kind").text();
  r.request_value = root.at("request").at("value").number();
  r.reached_channels_removed = root.at("reached").at("channels_removed").number();
  r.threshold = root.at("threshold").number();
  if (const auto pools = root.find("pools")) {
    for (const JsonReader& pool : pools->elements())
      r.pools.push_back({pool.at("name").text(), pool.at("threshold").number(), pool.at("size").whole()});
  }
  if (const auto met = root.find("budget")) r.budget = budget(*met);
  for (const JsonReader& element : root.at("channels").elements()) r.channels.push_back(site(element));
  for (const JsonReader& element : root.at("edits").elements()) r.edits.push_back(edit(element));
  for (const JsonReader& element : root.at("attributes").elements()) r.attributes.push_back(attribute(element));
  if (const auto edits = root.find("code")) {
    for (const JsonReader& element : edits->elements()) r.code.push_back(code(element));
  }
  if (const auto modules = root.find("modules")) r.modules = modules->texts();
  r.parameters = change(totals.at("parameters"));
  r.macs = change(totals.at("macs"));
  r.bytes = change(totals.at("bytes"));
  r.verification = verification(root.at("verification"));
  r.output_path = root.at("output").at("path").text();
  r.output_sha256 = root.at("output").at("sha256").text();
  if (const auto decisions = root.find("decisions")) r.decisions = read_decisions(*decisions);
  return r;
}

Diagnostic damaged(const std::string& path, std::string message, std::string note) {
  Diagnostic diagnostic{Code::kP0753, std::move(message), FilePlace{path}};
  diagnostic.notes.push_back({{}, std::move(note)});
  diagnostic.help =
      "name the report that `prunec apply` wrote, unchanged; it lies beside the pruned model unless `--report` said otherwise";
  return diagnostic;
}

}  // namespace

Outcome<Report> read_report(const std::string& path, std::string_view text) {
  const ParsedJson parsed = parse_json(text);
  if (!parsed.mistake.empty()) return damaged(path, "the report cannot be read", parsed.mistake);
  std::string mistake;
  const JsonReader root(parsed.value, mistake);
  const std::int64_t schema = root.at("schema").whole();
  if (mistake.empty() && schema != kSchema) {
    return damaged(path, "the report is of another version of prunec",
                   "its schema is " + std::to_string(schema) + ", and this prunec reads schema " + std::to_string(kSchema));
  }
  Report result = report(root);
  if (!mistake.empty()) return damaged(path, "the file is no report of `prunec apply`, or is damaged", mistake);
  return result;
}

}  // namespace prunec

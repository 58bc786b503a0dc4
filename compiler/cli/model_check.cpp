// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/model_check.h"

#include <set>
#include <utility>

#include "compiler/cli/find.h"
#include "compiler/cli/progress.h"
#include "compiler/diag/render.h"
#include "runtime/bind/bind.h"
#include "runtime/facts/facts_json.h"

namespace prunec::cli {
namespace {

/// What `judge` finds in each plan, every finding once.
template <typename Judge>
Diagnostics each_once(const std::vector<ConstraintPlan>& plans, const std::vector<std::shared_ptr<const SourceFile>>& sources,
                      Judge judge) {
  Diagnostics found;
  std::set<std::string> told;
  for (const ConstraintPlan& plan : plans) {
    for (Diagnostic& diagnostic : with_sources(judge(plan), sources)) {
      if (told.insert(render_json({diagnostic})).second) found.push_back(std::move(diagnostic));
    }
  }
  return found;
}

}  // namespace

Diagnostics check_with_model(Environment& environment, const Output& output, const std::string& model,
                             const std::vector<ConstraintPlan>& plans, const std::vector<std::shared_ptr<const SourceFile>>& sources,
                             const std::vector<std::int64_t>& input) {
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return {std::move(*missing)};
  progress.begin("holding the rules against the model");
  return each_once(plans, sources, [&](const ConstraintPlan& plan) { return std::get<Runtime*>(loaded)->check({model, plan, input}); });
}

Diagnostics check_with_facts(const std::string& facts, const std::vector<ConstraintPlan>& plans,
                             const std::vector<std::shared_ptr<const SourceFile>>& sources) {
  const auto read = load_facts(facts);
  return read ? check_with_facts(*read, plans, sources) : read.diagnostics;
}

Diagnostics check_with_facts(const ModelFacts& facts, const std::vector<ConstraintPlan>& plans,
                             const std::vector<std::shared_ptr<const SourceFile>>& sources) {
  return each_once(plans, sources, [&](const ConstraintPlan& plan) { return bind_plan(plan, facts.graph, facts.modules).diagnostics; });
}

Outcome<ModelFacts> load_facts(const std::string& path) {
  auto file = read_source(path, "facts file");
  if (!file) return std::move(file.diagnostics);
  return read_facts(path, (*file)->text());
}

Diagnostics flags_beside_facts(const std::optional<std::string>& facts, const std::optional<std::string>& model,
                               const std::optional<std::string>& input) {
  if (!facts || (!model && !input)) return {};
  Diagnostic both{Code::kP0802, std::string("`") + (model ? "--model" : "--input") + "` and `--facts` exclude each other"};
  both.help = "facts stand for a model and for the input that it was run on; leave one of the two out";
  return {std::move(both)};
}

}  // namespace prunec::cli

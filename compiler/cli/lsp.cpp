// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <optional>

#include "compiler/check/lower.h"
#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/find.h"
#include "compiler/cli/model_check.h"
#include "compiler/cli/output.h"
#include "compiler/lsp/server.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec lsp                            for an editor to start, in the folder of the project\n"
    "  prunec lsp --facts model.facts.json   what a site matches, and mistakes that only the model shows";

/// Rules without a mistake are held against the model too, all their strategies.
Diagnostics judge(const std::shared_ptr<const SourceFile>& source, const std::optional<ModelFacts>& facts, const Environment& environment) {
  auto rules = parse_and_check(source, library_for(source->path(), environment));
  if (!rules || !facts) return std::move(rules.diagnostics);
  std::vector<ConstraintPlan> plans;
  for (const std::string& name : rules->strategy_names) plans.push_back(lower(*rules, name));
  append(rules.diagnostics, check_with_facts(*facts, plans, sources_of(*rules)));
  return std::move(rules.diagnostics);
}

std::vector<std::string> matches(const std::vector<PathPattern>& patterns, const ModelFacts& facts) {
  std::vector<std::string> paths;
  for (const NormSite& norm : facts.graph.norms) {
    const auto fits = [&](const PathPattern& pattern) { return match(pattern, norm.path).has_value(); };
    if (std::any_of(patterns.begin(), patterns.end(), fits)) paths.push_back(norm.path);
  }
  return paths;
}

}  // namespace

ExitCode run_lsp(const std::vector<std::string>& given, Environment& environment) {
  std::optional<std::string> facts_path;
  bool stdio = false;
  Output output(environment);
  Arguments arguments("lsp",
                      "Serve an editor by the Language Server Protocol on stdin and stdout: diagnostics with corrections, completion,\n"
                      "explanations, definitions, the outline, formatting.");
  arguments.option(facts_path, "--facts", "FILE", "Hold the rules against a model by the facts that `prunec inspect --facts` saved");
  arguments.flag(stdio, "--stdio", "Use stdin and stdout, which it does anyway; editors like to say so");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  std::optional<ModelFacts> facts;
  if (facts_path) {
    auto loaded = load_facts(*facts_path);
    output.report(loaded.diagnostics);
    if (!loaded) return exit_code(loaded.diagnostics);
    facts = std::move(*loaded);
  }
  lsp::Services services;
  services.version = PRUNEC_VERSION;
  services.judge = [&](const std::shared_ptr<const SourceFile>& source) { return output.controlled(judge(source, facts, environment)); };
  if (facts) services.matches = [&](const std::vector<PathPattern>& patterns) { return matches(patterns, *facts); };
  return lsp::serve(environment.in, environment.out, services) == 0 ? ExitCode::kDone : ExitCode::kJudgedBad;
}

}  // namespace prunec::cli

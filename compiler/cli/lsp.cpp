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
#include "compiler/cli/values.h"
#include "compiler/lsp/server.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec lsp                            for an editor to start, in the folder of the project\n"
    "  prunec lsp --model model.pt           what a site matches, and mistakes that only the model shows\n"
    "  prunec lsp --facts model.facts.json   the same without the model, by what `inspect --facts` saved";
struct Options {
  std::optional<std::string> facts, model, input;
  bool stdio = false;
};

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

/// Nothing when neither a model nor its facts were given.
Outcome<std::optional<ModelFacts>> find_facts(const Options& options, Environment& environment) {
  if (auto refused = flags_beside_facts(options.facts, options.model, options.input); !refused.empty()) return refused;
  if (options.facts) {
    auto loaded = load_facts(*options.facts);
    if (!loaded) return std::move(loaded.diagnostics);
    return {std::move(*loaded), std::move(loaded.diagnostics)};
  }
  if (!options.model) return std::optional<ModelFacts>();
  auto input = options.input ? read_shape("--input", *options.input) : Outcome<std::vector<std::int64_t>>(std::vector<std::int64_t>{});
  if (!input) return std::move(input.diagnostics);
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  auto inspection = std::get<Runtime*>(loaded)->inspect({*options.model, *input});
  if (!inspection) return std::move(inspection.diagnostics);
  return {std::move(inspection->facts), std::move(inspection.diagnostics)};
}

}  // namespace

ExitCode run_lsp(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("lsp",
                      "Serve an editor by the Language Server Protocol on stdin and stdout: diagnostics with corrections, completion,\n"
                      "explanations, definitions, the outline, formatting.");
  arguments.option(options.model, "--model", "MODEL", "Hold the rules against this model, and say what a site matches in it");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input of the model, such as 1x3x224x224");
  arguments.operators(environment);
  arguments.option(options.facts, "--facts", "FILE", "Hold the rules against a model by the facts that `prunec inspect --facts` saved");
  arguments.flag(options.stdio, "--stdio", "Use stdin and stdout, which it does anyway; editors like to say so");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  auto found = find_facts(options, environment);
  output.report(found.diagnostics);
  if (!found) return exit_code(found.diagnostics);
  const std::optional<ModelFacts> facts = std::move(*found);
  lsp::Services services;
  services.version = PRUNEC_VERSION;
  services.judge = [&](const std::shared_ptr<const SourceFile>& source) { return output.controlled(judge(source, facts, environment)); };
  if (facts) services.matches = [&](const std::vector<PathPattern>& patterns) { return matches(patterns, *facts); };
  return lsp::serve(environment.in, environment.out, services) == 0 ? ExitCode::kDone : ExitCode::kJudgedBad;
}

}  // namespace prunec::cli

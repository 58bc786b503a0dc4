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
#include "compiler/diag/fixes.h"
#include "compiler/source/file_io.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec check my.prune                     the rules alone\n"
    "  prunec check my.prune --model model.pt    held against the model's own graph\n"
    "  prunec check my.prune --facts facts.json  the same without the model, by what `inspect --facts` saved\n"
    "  prunec check my.prune --format json       for editors and scripts, on stdout";

struct Options {
  std::optional<std::string> rules, strategy, model, facts, input;
  bool fix = false;
};

std::string count(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string verdict(const Diagnostics& diagnostics) {
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : diagnostics) errors += diagnostic.severity() == Severity::kError ? 1 : 0;
  const std::size_t warnings = diagnostics.size() - errors;
  if (diagnostics.empty()) return "no mistakes found";
  return count(errors, "error") + ", " + count(warnings, "warning");
}

/// Against the model or its facts, whichever was given.
Diagnostics check_model(const Options& options, const CheckedRules& rules, const Output& output, Environment& environment) {
  auto input = options.input ? read_shape("--input", *options.input) : Outcome<std::vector<std::int64_t>>(std::vector<std::int64_t>{});
  if (!input) return std::move(input.diagnostics);
  std::vector<ConstraintPlan> plans;
  if (options.strategy) {
    auto strategy = choose_strategy(rules, options.strategy);
    if (!strategy) return std::move(strategy.diagnostics);
    plans.push_back(lower(rules, *strategy));
  } else {
    for (const std::string& name : rules.strategy_names) plans.push_back(lower(rules, name));
  }
  if (options.facts) return check_with_facts(*options.facts, plans, sources_of(rules));
  return check_with_model(environment, output, *options.model, plans, sources_of(rules), *input);
}

bool has_fix(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.fix.has_value(); });
}

/// Writes the file with its certain corrections; an error when that fails.
std::optional<Diagnostic> fix_file(const Diagnostics& diagnostics, const SourceFile& source) {
  const std::string text = apply_fixes(diagnostics, source);
  if (text == source.text()) return std::nullopt;
  const auto error = write_file_atomically(source.path(), text);
  if (!error) return std::nullopt;
  Diagnostic failed{Code::kP0852, "the rule file cannot be written", FilePlace{source.path()}};
  failed.notes.push_back({{}, error->reason});
  return failed;
}

Diagnostics judge(const Options& options, const Output& output, Environment& environment) {
  if (auto refused = flags_beside_facts(options.facts, options.model, options.input); !refused.empty()) return refused;
  auto settings = find_settings();
  if (!settings) return std::move(settings.diagnostics);
  auto path = find_rules(options.rules, *settings, environment);
  if (!path) return std::move(path.diagnostics);
  auto source = read_source(*path, "rule file");
  if (!source) return std::move(source.diagnostics);
  auto rules = parse_and_check(*source, library_for(*path, environment));
  // A correction may bring to light what it hid. Each round removes at least one mistake; the bound is for a bug in that.
  for (int round = 0; options.fix && round < 8 && has_fix(rules.diagnostics); ++round) {
    if (auto error = fix_file(rules.diagnostics, **source)) return {std::move(*error)};
    source = read_source(*path, "rule file");
    if (!source) return std::move(source.diagnostics);
    rules = parse_and_check(*source, library_for(*path, environment));
  }
  if (rules && (options.model || options.facts)) append(rules.diagnostics, check_model(options, *rules, output, environment));
  return std::move(rules.diagnostics);
}

}  // namespace

ExitCode run_check(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("check", "Look for mistakes in a rule file; with a model, also for what its graph says against the rules.");
  arguments.positional(options.rules, "RULES",
                       "A rule file, or the name of installed rules. Without it: `rules` of prunec.toml, else the folder's only rule file");
  arguments.option(options.model, "--model", "MODEL", "Hold the rules against this model");
  arguments.option(options.facts, "--facts", "FILE", "Hold the rules against a model by the facts that `prunec inspect --facts` saved");
  arguments.option(options.strategy, "-s,--strategy", "NAME", "The strategy to hold against the model. Without it: all of them");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input of the model, such as 1x3x224x224");
  arguments.operators(environment);
  arguments.flag(options.fix, "--fix", "First make the corrections that are certain to be right, in the file");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  const Diagnostics diagnostics = output.controlled(judge(options, output, environment));
  const ExitCode code = exit_code(diagnostics);
  // What was asked for is the answer, unless there was no answer.
  const bool answer = (output.format() == Format::kJson || output.format() == Format::kSarif) && code != ExitCode::kUsage;
  output.report_to(answer ? environment.out : environment.err, diagnostics);
  if (output.format() == Format::kText && !output.quiet() && code != ExitCode::kUsage) environment.err << verdict(diagnostics) << "\n";
  return code;
}

}  // namespace prunec::cli

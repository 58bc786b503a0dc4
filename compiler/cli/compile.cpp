// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <filesystem>
#include <optional>

#include "compiler/check/lower.h"
#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/find.h"
#include "compiler/cli/model_check.h"
#include "compiler/cli/output.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/source/file_io.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec compile                              the folder's only rule file, or that of prunec.toml\n"
    "  prunec compile resnet18 --strategy all      installed rules\n"
    "  prunec compile my.prune -o my.plan.toml";

struct Options {
  std::optional<std::string> rules, strategy, output, model;
};

/// A plan may be replaced by a plan; anything else may be dear to somebody.
std::optional<Diagnostic> refuse_to_replace(const std::string& path) {
  const auto existing = read_file(path);
  const auto* error = std::get_if<IoError>(&existing);
  if (error != nullptr) {
    if (error->missing) return std::nullopt;
  } else if (looks_like_plan(std::get<std::string>(existing))) {
    return std::nullopt;
  }
  Diagnostic diagnostic{Code::kP0811, "the file exists and is not a plan, so it is not replaced", FilePlace{path}};
  diagnostic.help = "choose another name with `-o`";
  return diagnostic;
}

/// Each step adds what it has to say; the first error ends the run.
class Compilation {
 public:
  Compilation(const Options& options, Environment& environment) : options_(options), environment_(environment) {}

  Diagnostics run() {
    auto settings = find_settings();
    if (!settings) return std::move(settings.diagnostics);
    settings_ = std::move(*settings);
    auto path = find_rules(options_.rules, settings_, environment_);
    if (!path) return std::move(path.diagnostics);
    auto source = read_source(*path, "rule file");
    if (!source) return std::move(source.diagnostics);
    auto rules = parse_and_check(*source);
    diagnostics_ = std::move(rules.diagnostics);
    if (rules) write(*rules, *path);
    return std::move(diagnostics_);
  }

  const std::string& said() const { return said_; }

 private:
  void write(const CheckedRules& rules, const std::string& rules_path) {
    // The settings' strategy is meant for the settings' rules.
    const auto strategy = choose_strategy(rules, options_.strategy || options_.rules ? options_.strategy : settings_.strategy);
    if (!strategy) return append(diagnostics_, strategy.diagnostics);
    const ConstraintPlan plan = lower(rules, *strategy);
    if (options_.model) {
      append(diagnostics_, check_with_model(environment_, *options_.model, {plan}, rules.file.source));
      if (has_error(diagnostics_)) return;
    }
    const std::string output = options_.output                     ? *options_.output
                               : settings_.plan && !options_.rules ? *settings_.plan
                                                                   : plan_name(rules_path);
    if (auto refusal = refuse_to_replace(output)) return diagnostics_.push_back(std::move(*refusal));
    if (const auto error = write_file_atomically(output, write_plan(plan))) {
      diagnostics_.push_back({Code::kP0852, "the plan cannot be written", FilePlace{output}});
      diagnostics_.back().notes.push_back({{}, error->reason});
      return;
    }
    said_ = "wrote " + output + ": strategy `" + plan.strategy + "` of " + rules_path;
  }

  const Options& options_;
  Environment& environment_;
  Settings settings_;
  Diagnostics diagnostics_;
  std::string said_;
};

}  // namespace

ExitCode run_compile(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("compile", "Turn a rule file into a plan, NAME.plan.toml in this folder.");
  arguments.positional(options.rules, "RULES",
                       "A rule file, or the name of installed rules. Without it: `rules` of prunec.toml, else the folder's only rule file");
  arguments.option(options.strategy, "-s,--strategy", "NAME",
                   "The strategy to compile. Without it: the file's default strategy, else its first");
  arguments.option(options.output, "-o,--output", "PLAN", "Where to write the plan");
  arguments.option(options.model, "--model", "MODEL", "Hold the plan against this model before writing");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  Compilation compilation(options, environment);
  const Diagnostics diagnostics = compilation.run();
  output.report(diagnostics);
  if (!compilation.said().empty()) output.say(compilation.said());
  return exit_code(diagnostics);
}

}  // namespace prunec::cli

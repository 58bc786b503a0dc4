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
#include "compiler/plan/describe.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/source/file_io.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec compile                              the folder's only rule file, or that of prunec.toml\n"
    "  prunec compile resnet18 --strategy all      installed rules\n"
    "  prunec compile my.prune -o my.plan.toml";

struct Options {
  std::optional<std::string> rules, strategy, output, model, facts, emit;
  bool explain = false;
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
  Compilation(const Options& options, const Output& output, Environment& environment)
      : options_(options), output_(output), environment_(environment) {}

  Diagnostics run() {
    if (auto refused = flags_beside_facts(options_.facts, options_.model); !refused.empty()) return refused;
    auto settings = find_settings();
    if (!settings) return std::move(settings.diagnostics);
    settings_ = std::move(*settings);
    auto path = find_rules(options_.rules, settings_, environment_);
    if (!path) return std::move(path.diagnostics);
    auto source = read_source(*path, "rule file");
    if (!source) return std::move(source.diagnostics);
    auto rules = parse_and_check(*source, library_for(*path, environment_));
    diagnostics_ = output_.controlled(std::move(rules.diagnostics));
    if (rules.value && !has_error(diagnostics_)) compile(*rules, *path);
    return output_.controlled(std::move(diagnostics_));
  }

  /// What was written, or what was asked for in its place.
  const std::string& said() const { return said_; }
  const std::string& emitted() const { return emitted_; }

 private:
  void compile(const CheckedRules& rules, const std::string& rules_path) {
    if (options_.emit == "ast") return void(emitted_ = dump(rules.file));
    // The settings' strategy is meant for the settings' rules.
    const auto strategy = choose_strategy(rules, options_.strategy || options_.rules ? options_.strategy : settings_.strategy);
    if (!strategy) return append(diagnostics_, strategy.diagnostics);
    if (options_.emit == "checked") return void(emitted_ = dump(rules, *strategy));
    const ConstraintPlan plan = lower(rules, *strategy);
    if (options_.model) {
      append(diagnostics_, check_with_model(environment_, output_, *options_.model, {plan}, sources_of(rules)));
    } else if (options_.facts) {
      append(diagnostics_, check_with_facts(*options_.facts, {plan}, sources_of(rules)));
    }
    if (has_error(diagnostics_)) return;
    if (options_.explain) return void(emitted_ = describe(plan));
    if (options_.emit) return void(emitted_ = write_plan(plan));
    write(plan, rules_path);
  }

  void write(const ConstraintPlan& plan, const std::string& rules_path) {
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
  const Output& output_;
  Environment& environment_;
  Settings settings_;
  Diagnostics diagnostics_;
  std::string said_, emitted_;
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
  arguments.option(options.facts, "--facts", "FILE", "The same by the facts of a model that `prunec inspect --facts` saved");
  arguments.option(options.emit, "--emit", "ast|checked|plan", "Print this stage on stdout and write nothing");
  arguments.flag(options.explain, "--explain", "Print the plan in words, a sentence a statement, and write nothing");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  if (options.emit && *options.emit != "ast" && *options.emit != "checked" && *options.emit != "plan") {
    Diagnostic bad{Code::kP0802, "`--emit` does not take `" + *options.emit + "`"};
    bad.help = "it takes `ast`, `checked` or `plan`";
    output.report({std::move(bad)});
    return ExitCode::kUsage;
  }
  Compilation compilation(options, output, environment);
  const Diagnostics diagnostics = compilation.run();
  output.report(diagnostics);
  const ExitCode code = exit_code(diagnostics);
  if (code != ExitCode::kDone) return code;
  if (options.emit || options.explain) {
    environment.out << compilation.emitted();
  } else {
    output.say(compilation.said());
  }
  return code;
}

}  // namespace prunec::cli

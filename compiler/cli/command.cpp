// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/command.h"

#include <algorithm>
#include <string_view>

#include "compiler/cli/arguments.h"
#include "compiler/cli/output.h"
#include "compiler/diag/nearest.h"

namespace prunec::cli {
namespace {

constexpr const char* kPurpose =
    "prunec makes trained networks smaller: it removes whole channels by rules that say what may go and what\n"
    "belongs together, and proves that the smaller model computes the same as the original with those channels off.";

constexpr const char* kExamples =
    "  prunec compile && prunec apply model.pt                               by the rules and settings of this folder\n"
    "  prunec apply model.pt --rules resnet18 --strategy all --ratio 0.4     by installed rules\n"
    "  prunec explain P0201                                                  what a diagnostic means";

void print_help(std::ostream& out) {
  out << kPurpose << "\n\nUsage: prunec COMMAND [arguments]\n\nCommands:\n";
  std::size_t width = 0;
  for (const Command& command : commands()) width = std::max(width, std::string_view(command.name).size() + 2);
  for (const Command& command : commands()) {
    const std::string name = command.name;
    out << "  " << name << std::string(width - name.size(), ' ') << command.summary << "\n";
  }
  out << "\n`prunec COMMAND --help` shows a command's arguments.\n\nExamples:\n" << kExamples << "\n";
}

ExitCode unknown(const std::string& name, Environment& environment) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const bool flag = name.starts_with('-');
  Diagnostic diagnostic = flag ? Diagnostic{Code::kP0801, "`prunec` has no flag `" + name + "`"}
                               : Diagnostic{Code::kP0813, "prunec has no command `" + name + "`"};
  if (flag) names = {"--help", "--version"};
  diagnostic.help = did_you_mean(name, names, (flag ? "the flags are " : "the commands are ") + quoted_list(names, "and"));
  Output(environment).report({std::move(diagnostic)});
  return ExitCode::kUsage;
}

}  // namespace

std::string introduction() {
  return kPurpose;
}

std::string examples() {
  return kExamples;
}

ExitCode exit_code(const Diagnostics& diagnostics) {
  ExitCode worst = ExitCode::kDone;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity() != Severity::kError) continue;
    const Phase phase = info(diagnostic.code).phase;
    const ExitCode code = phase == Phase::kInternal ? ExitCode::kInternal
                          : phase == Phase::kUsage  ? ExitCode::kUsage
                                                    : ExitCode::kJudgedBad;
    worst = std::max(worst, code);
  }
  return worst;
}

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      {"compile", "Turn a rule file into a plan", run_compile},
      {"apply", "Prune a model by a plan, verify the result and write it", run_apply},
      {"check", "Look for mistakes in a rule file, with or without a model", run_check},
      {"inspect", "Show a model's layers, coupled channels and what could be pruned", run_inspect},
      {"bench", "Measure how long each layer of a model takes, at several widths", run_bench},
      {"sweep", "Solve many budgets at once and draw what stays at each", run_sweep},
      {"infer", "Draft a rule file from what a model couples", run_infer},
      {"why", "Say why channels of a layer are kept or removed", run_why},
      {"verify", "Prove a pruned model against its original again", run_verify},
      {"report", "Write a report as an HTML page", run_report},
      {"fmt", "Lay rule files out in one canonical way", run_fmt},
      {"explain", "Explain a diagnostic code", run_explain},
      {"lsp", "Serve editors: diagnostics, completion and more while rules are written", run_lsp},
      {"completion", "Print a script for completion in bash, zsh or fish", run_completion},
      {"man", "Print the manual", run_man},
  };
  return kCommands;
}

ExitCode run(const std::vector<std::string>& arguments, Environment& environment) {
  if (arguments.empty()) {
    print_help(environment.err);
    return ExitCode::kUsage;
  }
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    print_help(environment.out);
    return ExitCode::kDone;
  }
  if (name == "--version") {
    environment.out << "prunec " << PRUNEC_VERSION << "\n";
    return ExitCode::kDone;
  }
  for (const Command& command : commands()) {
    if (name == command.name) return command.run({arguments.begin() + 1, arguments.end()}, environment);
  }
  return unknown(name, environment);
}

}  // namespace prunec::cli

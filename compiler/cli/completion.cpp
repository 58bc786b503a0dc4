// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/describe/scripts.h"
#include "compiler/cli/find.h"
#include "compiler/cli/output.h"
#include "compiler/diag/nearest.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec completion bash > ~/.local/share/bash-completion/completions/prunec\n"
    "  prunec completion zsh > ~/.zfunc/_prunec          a folder of $fpath\n"
    "  prunec completion fish > ~/.config/fish/completions/prunec.fish";

Diagnostic unknown_shell(const std::optional<std::string>& shell) {
  const auto names = shell_names();
  if (!shell) {
    Diagnostic missing{Code::kP0802, "`prunec completion` needs the name of a shell"};
    missing.help = "it knows " + quoted_list(names, "and");
    return missing;
  }
  Diagnostic unknown{Code::kP0802, "there is no completion for the shell `" + *shell + "`"};
  unknown.help = did_you_mean(*shell, names, "prunec knows " + quoted_list(names, "and"));
  return unknown;
}

}  // namespace

std::vector<std::string> shell_names() {
  return {"bash", "zsh", "fish"};
}

std::string completion_script(const std::string& shell, const std::vector<CommandDescription>& commands) {
  return shell == "bash" ? bash_completion(commands) : shell == "zsh" ? zsh_completion(commands) : fish_completion(commands);
}

ExitCode run_completion(const std::vector<std::string>& given, Environment& environment) {
  std::optional<std::string> shell;
  bool rules = false;
  Output output(environment);
  Arguments arguments("completion", "Print a script with which a shell completes commands, flags and their values: bash, zsh or fish.");
  arguments.positional(shell, "SHELL", "The shell: bash, zsh or fish");
  arguments.flag(rules, "--rules", "Print the names of the installed rules, one a line, in place of a script");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;
  if (rules) {
    for (const std::string& name : installed_rules_names(environment)) environment.out << name << "\n";
    return ExitCode::kDone;
  }
  const auto names = shell_names();
  if (!shell || std::find(names.begin(), names.end(), *shell) == names.end()) {
    output.report({unknown_shell(shell)});
    return ExitCode::kUsage;
  }
  environment.out << completion_script(*shell, describe_commands());
  return ExitCode::kDone;
}

ExitCode run_man(const std::vector<std::string>& given, Environment& environment) {
  Output output(environment);
  Arguments arguments("man", "Print the manual, prunec(1), for `man`.");
  output.add_to(arguments);
  arguments.examples("  prunec man | man -l -");
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;
  environment.out << manual(describe_commands());
  return ExitCode::kDone;
}

}  // namespace prunec::cli

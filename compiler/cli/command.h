// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What a command sees of the world, so that tests can run it in process, and how it ends.
#pragma once

#include <functional>
#include <iostream>
#include <optional>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "compiler/cli/describe/description.h"
#include "compiler/diag/diagnostic.h"
#include "runtime/api/runtime.h"

namespace prunec::cli {

/// The exit codes; scripts build on them.
enum class ExitCode {
  kDone = 0,       ///< done
  kJudgedBad = 1,  ///< the input was judged bad: rule errors, nothing feasible, verification failed
  kUsage = 2,      ///< usage or environment: a bad flag, an unreadable file, no such device
  kInternal = 3,   ///< a bug in prunec
};

/// The worst that the diagnostics stand for.
ExitCode exit_code(const Diagnostics& diagnostics);

struct Environment {
  std::ostream& out;  ///< results
  std::ostream& err;  ///< diagnostics and progress
  bool err_is_terminal = false;
  std::string program_folder;  ///< of the executable, symbolic links resolved
  std::function<std::optional<std::string>(const std::string&)> variable;
  /// The runtime library, loaded on the first call. What it returns lives as long as the program.
  std::function<std::variant<Runtime*, Diagnostic>()> runtime;
  /// When set, a command does not run: it hands this what it takes, as `--help` would print it.
  std::function<void(CommandDescription)> describe = {};
  std::istream& in = std::cin;              ///< for the language server
  std::vector<std::string> operators = {};  ///< libraries that the runtime loads with itself
};

struct Command {
  const char* name;
  const char* summary;
  ExitCode (*run)(const std::vector<std::string>& arguments, Environment& environment);
};

/// Every command, in the order of `--help`.
const std::vector<Command>& commands();

/// What the program is for, and examples across commands: the frame of `--help`.
std::string introduction();
std::string examples();

/// The whole program but for the catch of bugs: picks the command and runs it.
ExitCode run(const std::vector<std::string>& arguments, Environment& environment);

ExitCode run_compile(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_apply(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_check(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_inspect(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_bench(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_sweep(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_infer(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_why(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_verify(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_report(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_fmt(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_explain(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_lsp(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_completion(const std::vector<std::string>& arguments, Environment& environment);
ExitCode run_man(const std::vector<std::string>& arguments, Environment& environment);

}  // namespace prunec::cli

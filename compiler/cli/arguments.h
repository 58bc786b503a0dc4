// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Command lines, read by CLI11, judged in our own words.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/command.h"

namespace prunec::cli {

/// The targets must outlive the parser.
class Arguments {
 public:
  Arguments(const std::string& command, const std::string& summary);
  ~Arguments();

  void positional(std::optional<std::string>& target, const std::string& name, const std::string& help);
  void positionals(std::vector<std::string>& target, const std::string& name, const std::string& help);
  /// `names` as CLI11 takes them: "-o,--output".
  void option(std::optional<std::string>& target, const std::string& names, const std::string& value, const std::string& help);
  /// May be given several times.
  void repeated(std::vector<std::string>& target, const std::string& names, const std::string& value, const std::string& help);
  /// Libraries of operators that the model calls: `--ops`.
  void operators(Environment& environment);
  void flag(bool& target, const std::string& name, const std::string& help);
  void examples(const std::string& text);

  /// None: go on. Else the help was printed or a mistake reported.
  std::optional<ExitCode> parse(const std::vector<std::string>& arguments, Environment& environment);

  std::string help() const;
  CommandDescription description() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace prunec::cli

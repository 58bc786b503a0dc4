// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The command line as data, read off the definitions that `--help` prints: completion scripts and the manual are made of it.
#pragma once

#include <string>
#include <vector>

namespace prunec::cli {

struct ArgumentDescription {
  std::vector<std::string> flags;  ///< "-o", "--output"; empty for an argument that is told by its place
  std::string value;               ///< "PLAN", "auto|always|never"; empty for a flag that takes none
  std::string help;
  bool repeated = false;

  bool by_place() const { return flags.empty(); }
  bool takes_value() const { return !by_place() && !value.empty(); }
};

struct CommandDescription {
  std::string name;
  std::string summary;  ///< of the list of commands
  std::string purpose;  ///< of the command's own help
  std::vector<ArgumentDescription> arguments;
  std::string examples;
};

/// Every command, in the order of `--help`.
std::vector<CommandDescription> describe_commands();

}  // namespace prunec::cli

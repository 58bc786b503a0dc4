// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Where a command's diagnostics go, and in which form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/arguments.h"

namespace prunec::cli {

enum class Format { kText, kCompact, kJson, kSarif };

class Output {
 public:
  explicit Output(Environment& environment) : environment_(environment) {}

  /// Adds `--format`, `--color` and `--quiet`; call before parsing.
  void add_to(Arguments& arguments);
  /// Reads them after parsing; reports a value that they do not take.
  bool ready();

  Format format() const { return format_; }
  bool quiet() const { return quiet_; }

  /// Switches warnings off or makes them errors, as the flags say. Exit codes are computed from the result.
  Diagnostics controlled(Diagnostics diagnostics) const;

  /// To stderr. Quiet leaves warnings out.
  void report(const Diagnostics& diagnostics);
  /// The same, to another stream: `check --format json` answers on stdout.
  void report_to(std::ostream& out, const Diagnostics& diagnostics);

  /// A line about the result, on stdout.
  void say(const std::string& line);

 private:
  bool colour() const;
  bool read_switches();
  bool read_limit();

  Environment& environment_;
  Format format_ = Format::kText;
  bool quiet_ = false;
  std::optional<std::string> format_text_, colour_text_, limit_text_;
  std::vector<std::string> switches_;     ///< behind `-W`: "name", "no-name", "error", "error=name"
  std::map<std::string, bool> warnings_;  ///< by name: shown or not
  std::map<std::string, bool> errors_;    ///< by name, or empty for all: counted as an error
  std::size_t limit_ = 0;                 ///< of errors shown; none: 0
};

}  // namespace prunec::cli

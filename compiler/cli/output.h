// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Where a command's diagnostics go, and in which form.
#pragma once

#include <optional>
#include <string>

#include "compiler/cli/arguments.h"

namespace prunec::cli {

enum class Format { kText, kCompact, kJson };

class Output {
 public:
  explicit Output(Environment& environment) : environment_(environment) {}

  /// Adds `--format`, `--color` and `--quiet`; call before parsing.
  void add_to(Arguments& arguments);
  /// Reads them after parsing; reports a value that they do not take.
  bool ready();

  Format format() const { return format_; }
  bool quiet() const { return quiet_; }

  /// To stderr. Quiet leaves warnings out.
  void report(const Diagnostics& diagnostics);
  /// The same, to another stream: `check --format json` answers on stdout.
  void report_to(std::ostream& out, const Diagnostics& diagnostics);

  /// A line about the result, on stdout.
  void say(const std::string& line);

 private:
  bool colour() const;

  Environment& environment_;
  Format format_ = Format::kText;
  bool quiet_ = false;
  std::optional<std::string> format_text_, colour_text_;
};

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <sstream>

#include "compiler/cli/command.h"
#include "compiler/cli/describe/scripts.h"
#include "compiler/cli/describe/shell_text.h"

namespace prunec::cli {
namespace {

/// Text of the manual: no sign of it is a command of roff.
std::string plain(const std::string& text) {
  std::string result;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) result += "\\&";
    line_start = c == '\n';
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";  // a plain one may be printed as a typographic hyphen, which nobody can paste
    } else if (c == '\'') {
      result += "\\(aq";
    } else if (c == '`') {
      result += "\\(ga";
    } else if (c == '^') {
      result += "\\(ha";
    } else if (c == '~') {
      result += "\\(ti";
    } else {
      result += c;
    }
  }
  return result;
}

std::string bold(const std::string& text) {
  return "\\fB" + plain(text) + "\\fR";
}

/// Lines as they are.
std::string literal(const std::string& text) {
  return ".PP\n.nf\n.RS\n" + plain(text) + "\n.RE\n.fi\n";
}

std::string usage(const CommandDescription& command) {
  std::string text = bold("prunec " + command.name) + " [\\fIoptions\\fR]";
  for (const ArgumentDescription& argument : by_place(command))
    text += " [\\fI" + plain(argument.value) + "\\fR" + (argument.repeated ? "...]" : "]");
  return text;
}

std::string argument_heading(const ArgumentDescription& argument) {
  if (argument.by_place()) return "\\fI" + plain(argument.value) + "\\fR" + (argument.repeated ? "..." : "");
  std::vector<std::string> forms;
  for (const std::string& flag : argument.flags) {
    const std::string value = argument.value.empty() ? "" : "\\fI" + plain(argument.value) + "\\fR";
    forms.push_back(bold(flag) + (value.empty() || value_is_attached(argument) ? value : (flag.starts_with("--") ? "=" : " ") + value));
  }
  return joined(forms, ", ");
}

std::string section(const CommandDescription& command) {
  std::string text = ".SS " + bold("prunec " + command.name) + "\n" + usage(command) + "\n.PP\n" + plain(command.purpose) + "\n";
  for (const ArgumentDescription& argument : command.arguments)
    text += ".TP\n" + argument_heading(argument) + "\n" + plain(one_line(argument.help)) + "\n";
  return text + (command.examples.empty() ? "" : literal(command.examples));
}

constexpr const char* kEnd = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
The input was judged bad: rules with mistakes, nothing feasible, a verification that failed, files that \fBfmt \-\-check\fR would change.
.TP
.B 2
Usage or environment: a bad flag, an unreadable file, no such device.
.TP
.B 3
A bug in prunec.
.SH ENVIRONMENT
.TP
.B PRUNEC_RULES_PATH
Folders of installed rules, separated by colons, in place of those that were installed with the program.
.TP
.B PRUNEC_RUNTIME
The runtime library, in place of the one that was installed with the program.
.TP
.B NO_COLOR
When it is set, diagnostics have no colour unless \fB\-\-color=always\fR asks for it.
.SH FILES
.TP
.B prunec.toml
The settings of a project, in the working folder or the nearest folder above it. Flags go before settings.
)";

}  // namespace

std::string manual(const std::vector<CommandDescription>& commands) {
  std::string text = std::string(".\\\" Made by `prunec man`.\n.TH PRUNEC 1 \"\" \"prunec ") + PRUNEC_VERSION + "\" \"User Commands\"\n";
  text += ".SH NAME\nprunec \\- remove channels from trained networks by rules\n.SH SYNOPSIS\n";
  for (const CommandDescription& command : commands) text += usage(command) + "\n.br\n";
  text += bold("prunec --help") + " | " + bold("prunec --version") + "\n";
  text += ".SH DESCRIPTION\n" + plain(introduction()) + "\n.SH COMMANDS\n";
  for (const CommandDescription& command : commands) text += section(command);
  return text + kEnd + ".SH EXAMPLES\n" + literal(examples());
}

}  // namespace prunec::cli

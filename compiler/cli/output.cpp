// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/output.h"

#include <algorithm>
#include <vector>

#include "compiler/diag/nearest.h"
#include "compiler/diag/render.h"

namespace prunec::cli {
namespace {

Diagnostic bad_choice(const std::string& flag, const std::string& value, const std::vector<std::string>& choices) {
  Diagnostic diagnostic{Code::kP0802, "`" + flag + "` does not take `" + value + "`"};
  diagnostic.help = did_you_mean(value, choices, "it takes " + quoted_list(choices));
  return diagnostic;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

void Output::add_to(Arguments& arguments) {
  arguments.option(format_text_, "--format", "text|compact|json", "Form of the diagnostics and, where there is one, of the report");
  arguments.option(colour_text_, "--color", "auto|always|never", "Colour; auto: on a terminal, unless NO_COLOR is set");
  arguments.flag(quiet_, "-q,--quiet", "Leave out everything but errors");
}

bool Output::ready() {
  const std::vector<std::string> formats = {"text", "compact", "json"}, colours = {"auto", "always", "never"};
  if (format_text_ && !contains(formats, *format_text_)) {
    report({bad_choice("--format", *format_text_, formats)});
    return false;
  }
  if (format_text_ == "compact") format_ = Format::kCompact;
  if (format_text_ == "json") format_ = Format::kJson;
  if (colour_text_ && !contains(colours, *colour_text_)) {
    report({bad_choice("--color", *colour_text_, colours)});
    return false;
  }
  return true;
}

bool Output::colour() const {
  if (colour_text_ == "always") return true;
  if (colour_text_ == "never") return false;
  const auto no_color = environment_.variable("NO_COLOR");
  return environment_.err_is_terminal && (!no_color || no_color->empty());
}

void Output::report(const Diagnostics& diagnostics) {
  report_to(environment_.err, diagnostics);
}

void Output::report_to(std::ostream& out, const Diagnostics& diagnostics) {
  Diagnostics shown;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!quiet_ || diagnostic.severity() == Severity::kError) shown.push_back(diagnostic);
  }
  switch (format_) {
    case Format::kText:
      render_text(out, shown, colour());
      break;
    case Format::kCompact:
      render_compact(out, shown);
      break;
    case Format::kJson:
      // Without anything to say, only a command whose result this is says so.
      if (!shown.empty() || &out != &environment_.err) out << render_json(shown);
      break;
  }
}

void Output::say(const std::string& line) {
  if (!quiet_) environment_.out << line << "\n";
}

}  // namespace prunec::cli

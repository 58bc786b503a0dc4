// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/output.h"

#include <algorithm>
#include <charconv>
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
  arguments.option(format_text_, "--format", "text|compact|json|sarif", "Form of the diagnostics and, where there is one, of the report");
  arguments.option(colour_text_, "--color", "auto|always|never", "Colour; auto: on a terminal, unless NO_COLOR is set");
  arguments.repeated(switches_, "-W", "WARNING",
                     "A warning: -WNAME shows it, -Wno-NAME hides it, -Werror or -Werror=NAME makes it an error");
  arguments.option(limit_text_, "--error-limit", "N", "Show no more errors than this; 0 for all of them");
  arguments.flag(quiet_, "-q,--quiet", "Leave out everything but errors");
}

bool Output::ready() {
  const std::vector<std::string> formats = {"text", "compact", "json", "sarif"}, colours = {"auto", "always", "never"};
  if (format_text_ && !contains(formats, *format_text_)) {
    report({bad_choice("--format", *format_text_, formats)});
    return false;
  }
  if (format_text_ == "compact") format_ = Format::kCompact;
  if (format_text_ == "json") format_ = Format::kJson;
  if (format_text_ == "sarif") format_ = Format::kSarif;
  if (colour_text_ && !contains(colours, *colour_text_)) {
    report({bad_choice("--color", *colour_text_, colours)});
    return false;
  }
  return read_switches() && read_limit();
}

bool Output::read_switches() {
  std::vector<std::string> names;
  for (const CodeInfo& code : all_codes()) {
    if (code.severity == Severity::kWarning) names.emplace_back(code.name);
  }
  for (const std::string& text : switches_) {
    const bool error = text.starts_with("error="), off = text.starts_with("no-");
    const std::string name = error ? text.substr(6) : off ? text.substr(3) : text;
    if (text == "error") {
      errors_[""] = true;
    } else if (!contains(names, name)) {
      Diagnostic unknown{Code::kP0802, "no warning is named `" + name + "`"};
      unknown.help = did_you_mean(name, names, "the warnings are " + quoted_list(names, "and"));
      report({std::move(unknown)});
      return false;
    } else if (error) {
      errors_[name] = true;
    } else {
      warnings_[name] = !off;
    }
  }
  return true;
}

bool Output::read_limit() {
  if (!limit_text_) return true;
  const auto [end, error] = std::from_chars(limit_text_->data(), limit_text_->data() + limit_text_->size(), limit_);
  if (error == std::errc{} && end == limit_text_->data() + limit_text_->size()) return true;
  Diagnostic bad{Code::kP0802, "`--error-limit` does not take `" + *limit_text_ + "`"};
  bad.help = "it takes a whole number, for example `--error-limit 5`";
  report({std::move(bad)});
  return false;
}

Diagnostics Output::controlled(Diagnostics diagnostics) const {
  const auto has = [](const std::map<std::string, bool>& map, const char* name, bool otherwise) {
    const auto found = map.find(name);
    return found == map.end() ? otherwise : found->second;
  };
  std::erase_if(diagnostics,
                [&](const Diagnostic& d) { return d.severity() == Severity::kWarning && !has(warnings_, info(d.code).name, true); });
  for (Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity() == Severity::kWarning)
      diagnostic.as_error = has(errors_, info(diagnostic.code).name, has(errors_, "", false));
  }
  return diagnostics;
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
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool error = diagnostic.severity() == Severity::kError;
    if (error && limit_ != 0 && ++errors > limit_) continue;
    if (!quiet_ || error) shown.push_back(diagnostic);
  }
  if (limit_ != 0 && errors > limit_) {
    const std::size_t more = errors - limit_;
    shown.push_back({Code::kP0113, std::to_string(more) + (more == 1 ? " more mistake was" : " more mistakes were") + " left out"});
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
    case Format::kSarif:
      if (!shown.empty() || &out != &environment_.err) out << render_sarif(shown);
      break;
  }
}

void Output::say(const std::string& line) {
  if (!quiet_) environment_.out << line << "\n";
}

}  // namespace prunec::cli

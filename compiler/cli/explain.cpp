// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <cctype>

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/output.h"
#include "compiler/diag/nearest.h"
#include "compiler/diag/pages.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec explain P0201\n"
    "  prunec explain unknown-site\n"
    "  prunec explain                 the list of all codes";

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

const CodeInfo* find(const std::string& text) {
  for (const CodeInfo& code : all_codes()) {
    if (upper(text) == code.id || text == code.name) return &code;
  }
  return nullptr;
}

void list(std::ostream& out) {
  for (const CodeInfo& code : all_codes()) {
    out << code.id << "  " << (code.severity == Severity::kError ? "error    " : "warning  ") << code.summary << "\n";
  }
}

Diagnostic unknown(const std::string& text) {
  std::vector<std::string> names;
  for (const CodeInfo& code : all_codes()) {
    names.emplace_back(code.id);
    names.emplace_back(code.name);
  }
  Diagnostic diagnostic{Code::kP0812, "no diagnostic has the code `" + text + "`"};
  diagnostic.help = did_you_mean(text, names, "`prunec explain` lists all codes");
  return diagnostic;
}

}  // namespace

ExitCode run_explain(const std::vector<std::string>& given, Environment& environment) {
  std::optional<std::string> text;
  Output output(environment);
  Arguments arguments("explain", "Explain a diagnostic: what it means, an example, and what to do. Without a code, list them all.");
  arguments.positional(text, "CODE", "A code such as P0201, or its name");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;
  if (!text) {
    list(environment.out);
    return ExitCode::kDone;
  }
  const CodeInfo* code = find(*text);
  if (code == nullptr) {
    output.report({unknown(*text)});
    return ExitCode::kUsage;
  }
  const std::string_view page = page_of(code->code);
  environment.out << code->id << " " << code->name << ": " << code->summary << "\n";
  if (!page.empty()) environment.out << "\n" << page;
  return ExitCode::kDone;
}

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <filesystem>
#include <optional>

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/find.h"
#include "compiler/cli/output.h"
#include "compiler/cli/page_file.h"
#include "runtime/report/read.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec report model.pruned.json                     writes model.pruned.html\n"
    "  prunec report model.pruned.json -o report.html\n"
    "  prunec apply model.pt --ratio 0.4 --html report.html";

struct Options {
  std::optional<std::string> report, output;
  bool force = false;
};

Diagnostics write(const Options& options, std::string& written) {
  if (!options.report) {
    Diagnostic missing{Code::kP0802, "`prunec report` needs a report"};
    missing.help = "name the JSON file that `prunec apply` wrote, for example `prunec report model.pruned.json`";
    return {std::move(missing)};
  }
  const auto source = read_source(*options.report, "report");
  if (!source) return source.diagnostics;
  const auto report = read_report(*options.report, (*source)->text());
  if (!report) return report.diagnostics;
  written = options.output.value_or(std::filesystem::path(*options.report).replace_extension(".html").string());
  auto refused = check_page_path(written, {*options.report}, options.force);
  return refused.empty() ? write_page(written, *report) : refused;
}

}  // namespace

ExitCode run_report(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("report", "Write a report as one HTML page that needs no network: what went, where, and why.");
  arguments.positional(options.report, "REPORT", "The report that `prunec apply` wrote");
  arguments.option(options.output, "-o,--output", "R.html", "Where to write the page. Without it: beside the report");
  arguments.flag(options.force, "--force", "Replace an existing page, never the report");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;
  std::string written;
  const Diagnostics diagnostics = write(options, written);
  output.report(diagnostics);
  if (!has_error(diagnostics)) output.say("wrote " + written);
  return exit_code(diagnostics);
}

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/find.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/report_table.h"
#include "compiler/cli/settings.h"
#include "compiler/cli/values.h"
#include "runtime/report/json.h"
#include "runtime/report/read.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec verify model.pt model.pruned.pt model.pruned.json\n"
    "  prunec verify model.pt model.pruned.pt model.pruned.json --input 8x3x224x224 --tolerance 1e-5";

struct Options {
  std::optional<std::string> original, pruned, report, input, tolerance;
};

Outcome<VerifyRequest> prepare(const Options& options) {
  if (!options.original || !options.pruned || !options.report) {
    Diagnostic missing{Code::kP0802, "`prunec verify` needs the original, the pruned model and the report"};
    missing.help = "for example `prunec verify model.pt model.pruned.pt model.pruned.json`";
    return missing;
  }
  const auto settings = find_settings();
  if (!settings) return settings.diagnostics;
  const auto source = read_source(*options.report, "report");
  if (!source) return source.diagnostics;
  auto report = read_report(*options.report, (*source)->text());
  if (!report) return std::move(report.diagnostics);
  VerifyRequest request{*options.original, *options.pruned, std::move(*report), {}, 1e-4};
  // The report knows the input that was used, so the settings' one is not asked.
  if (options.input) {
    auto shape = read_shape("--input", *options.input);
    if (!shape) return std::move(shape.diagnostics);
    request.input = std::move(*shape);
  }
  if (settings->tolerance) request.tolerance = *settings->tolerance;
  if (options.tolerance) {
    const auto tolerance = read_positive("--tolerance", *options.tolerance);
    if (!tolerance) return tolerance.diagnostics;
    request.tolerance = *tolerance;
  }
  return request;
}

Outcome<VerificationReport> verify(const Options& options, const Output& output, Environment& environment) {
  const auto request = prepare(options);
  if (!request) return request.diagnostics;
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  progress.begin("verifying the pruned model");
  return std::get<Runtime*>(loaded)->verify(*request);
}

}  // namespace

ExitCode run_verify(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("verify",
                      "Prove again, from files alone, that a pruned model computes what the original does with the removed channels\n"
                      "masked. The report says which channels those are, and by their hashes which files it speaks of.");
  arguments.positional(options.original, "ORIGINAL", "The model that was pruned");
  arguments.positional(options.pruned, "PRUNED", "The model that came of it");
  arguments.positional(options.report, "REPORT", "The report of that run of `prunec apply`");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input, such as 1x3x224x224. Without it: that of the report");
  arguments.operators(environment);
  arguments.option(options.tolerance, "--tolerance", "T", "Largest relative difference of the outputs that passes; 1e-4 unless given");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  const auto verification = verify(options, output, environment);
  output.report(verification.diagnostics);
  const ExitCode code = exit_code(verification.diagnostics);
  if (!verification || code != ExitCode::kDone) return code;
  if (output.format() == Format::kJson) {
    environment.out << verification_json(*verification);
  } else if (!output.quiet()) {
    print_proof(environment.out, *verification);
  }
  return code;
}

}  // namespace prunec::cli

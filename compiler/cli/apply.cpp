// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/apply_request.h"
#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/output.h"
#include "compiler/cli/page_file.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/report_table.h"
#include "compiler/cli/values.h"
#include "compiler/diag/render.h"
#include "runtime/report/json.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec apply model.pt                                             the folder's only plan, settings of prunec.toml\n"
    "  prunec apply model.pt --rules resnet18 --strategy all --ratio 0.4\n"
    "  prunec apply model.pt --ratio 0.6 --dry-run                       show what would go, write nothing";

void describe(Arguments& arguments, ApplyOptions& options, Environment& environment) {
  arguments.positional(options.model, "MODEL", "A TorchScript model, saved with torch.jit.save");
  describe_inputs(arguments, options);
  arguments.operators(environment);
  arguments.option(options.output, "-o,--output", "OUT", "Where to write the pruned model. Without it: MODEL.pruned.pt");
  arguments.option(options.report, "--report", "R.json", "Where to write the report. Without it: beside the output");
  arguments.option(options.html, "--html", "R.html", "Where to write the report as a page, as `prunec report` does");
  arguments.option(options.tolerance, "--tolerance", "T", "Largest relative difference that the verification lets pass; 1e-4 unless given");
  arguments.flag(options.no_verify, "--no-verify", "Do not run the pruned model against the masked one");
  arguments.flag(options.dry_run, "--dry-run", "Show what would be done and write nothing");
  arguments.flag(options.force, "--force", "Replace existing outputs, never the input");
  arguments.flag(options.timings, "--timings", "Show how long each step took");
}

void print(const ApplyOptions& options, const PreparedApply& prepared, const ApplyResult& result, const Output& output,
           Environment& environment) {
  const ApplyRequest& request = prepared.request;
  std::ostream& out = environment.out;
  if (output.format() == Format::kJson) {
    out << report_json(result.report);
    if (options.timings) print_timings(environment.err, result.timings);
    return;
  }
  if (output.quiet()) return;
  if (request.dry_run) print_details(out, result.report);
  print_table(out, result.report);
  if (prepared.device) out << "scores computed on " << device_used(*prepared.device, result.report.device) << "\n";
  if (options.timings) print_timings(out, result.timings);
  out << "took " << seconds(total(result.timings)) << "\n";
  if (request.dry_run) {
    out << "a dry run: nothing was written\n";
  } else {
    const bool page = options.html.has_value();
    out << "wrote " << request.output << (page ? ", " : " and ") << request.report << (page ? " and " + *options.html : "") << "\n";
  }
}

/// Before any work: a page that could not be written afterwards.
Diagnostics check_page(const ApplyOptions& options, const ApplyRequest& request) {
  if (!options.html) return {};
  if (request.dry_run) {
    Diagnostic both{Code::kP0802, "`--html` and `--dry-run` exclude each other"};
    both.help = "a dry run writes nothing; leave one of the two out";
    return {std::move(both)};
  }
  return check_page_path(*options.html, {request.model, request.output, request.report}, options.force);
}

Outcome<ApplyResult> with_runtime(ApplyRequest& request, const Output& output, Environment& environment) {
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  request.on_step = [&progress](const std::string& step) { progress.begin(step); };
  auto outcome = std::get<Runtime*>(loaded)->apply(request);
  request.on_step = nullptr;
  return outcome;
}

ExitCode apply(const ApplyOptions& options, Output& output, Environment& environment) {
  auto prepared = prepare_apply(options, environment);
  prepared.diagnostics = output.controlled(std::move(prepared.diagnostics));
  output.report(prepared.diagnostics);
  if (!prepared.value || has_error(prepared.diagnostics)) return exit_code(prepared.diagnostics);

  if (const auto refused = check_page(options, prepared->request); !refused.empty()) {
    output.report(refused);
    return exit_code(refused);
  }
  auto outcome = with_runtime(prepared->request, output, environment);
  outcome.diagnostics = with_sources(std::move(outcome.diagnostics), prepared->rules);
  if (outcome.value && options.html) append(outcome.diagnostics, write_page(*options.html, outcome->report));
  // The runtime has written by now: a warning of it may be hidden, but no longer counted as an error.
  output.report(outcome.diagnostics);
  const ExitCode code = exit_code(outcome.diagnostics);
  if (outcome.value && code == ExitCode::kDone) print(options, *prepared, *outcome, output, environment);
  return code;
}

}  // namespace

ExitCode run_apply(const std::vector<std::string>& given, Environment& environment) {
  ApplyOptions options;
  Output output(environment);
  Arguments arguments("apply",
                      "Prune a model: choose the channels by a plan, cut them out, prove that the result equals the model with\n"
                      "those channels masked, and write it with a report.");
  describe(arguments, options, environment);
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;
  return apply(options, output, environment);
}

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <filesystem>

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/inspect_table.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/settings.h"
#include "compiler/cli/values.h"
#include "compiler/source/file_io.h"
#include "runtime/facts/facts_json.h"
#include "runtime/inspect/json.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec inspect model.pt\n"
    "  prunec inspect model.pt --input 1x3x299x299 --format json\n"
    "  prunec inspect model.pt --facts model.facts.json && prunec check my.prune --facts model.facts.json";

struct Options {
  std::optional<std::string> model, input, facts;
  bool force = false;
};

Outcome<InspectRequest> prepare(const Options& options) {
  if (!options.model) {
    Diagnostic missing{Code::kP0802, "`prunec inspect` needs a model"};
    missing.help = "name a TorchScript file, for example `prunec inspect model.pt`";
    return missing;
  }
  auto settings = find_settings();
  if (!settings) return std::move(settings.diagnostics);
  InspectRequest request{*options.model, {}};
  if (const auto& input = options.input ? options.input : settings->input) {
    auto shape = read_shape(options.input ? "--input" : "input", *input);
    if (!shape) return std::move(shape.diagnostics);
    request.input = std::move(*shape);
  }
  std::error_code ignored;
  if (options.facts && !options.force && std::filesystem::exists(std::filesystem::symlink_status(*options.facts, ignored))) {
    Diagnostic exists{Code::kP0851, "the output file exists already", FilePlace{*options.facts}};
    exists.help = "remove it, name another with `--facts`, or replace it with `--force`";
    return exists;
  }
  if (options.facts && std::filesystem::equivalent(*options.facts, *options.model, ignored)) {
    return Diagnostic{Code::kP0855, "the facts would replace the model", FilePlace{*options.facts}};
  }
  return request;
}

Diagnostics save(const std::optional<std::string>& path, const ModelFacts& facts) {
  if (!path) return {};
  const auto error = write_file_atomically(*path, write_facts(facts));
  if (!error) return {};
  Diagnostic failed{Code::kP0852, "the facts cannot be written", FilePlace{*path}};
  failed.notes.push_back({{}, error->reason});
  return {std::move(failed)};
}

Outcome<Inspection> inspect(const Options& options, const Output& output, Environment& environment) {
  const auto request = prepare(options);
  if (!request) return request.diagnostics;
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  progress.begin("tracing the model");
  auto inspection = std::get<Runtime*>(loaded)->inspect(*request);
  if (inspection) append(inspection.diagnostics, save(options.facts, inspection->facts));
  return inspection;
}

}  // namespace

ExitCode run_inspect(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("inspect", "Show what a model is made of: its layers, what couples their channels, what could be pruned.");
  arguments.positional(options.model, "MODEL", "A TorchScript model, saved with torch.jit.save");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input, such as 1x3x224x224");
  arguments.operators(environment);
  arguments.option(options.facts, "--facts", "FILE", "Save what rules can be held against, for `prunec check --facts`");
  arguments.flag(options.force, "--force", "Replace an existing file of facts");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  const auto inspection = inspect(options, output, environment);
  output.report(inspection.diagnostics);
  const ExitCode code = exit_code(inspection.diagnostics);
  if (!inspection || code != ExitCode::kDone) return code;
  if (output.format() == Format::kJson) {
    environment.out << inspection_json(*inspection);
  } else if (!output.quiet()) {
    print_inspection(environment.out, *inspection);
    if (options.facts) output.say("\nwrote " + *options.facts);
  }
  return code;
}

}  // namespace prunec::cli

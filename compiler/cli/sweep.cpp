// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <filesystem>

#include "compiler/cli/apply_request.h"
#include "compiler/cli/arguments.h"
#include "compiler/cli/columns.h"
#include "compiler/cli/command.h"
#include "compiler/cli/new_file.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/values.h"
#include "compiler/diag/render.h"
#include "runtime/sweep/write.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec sweep model.pt --rules resnet18 --strategy all --macs 90%,70%,50%,30%\n"
    "  prunec sweep model.pt --params 75%,50% -o curve         writes curve.csv, curve.json and curve.svg";

struct Options {
  ApplyOptions pruning;
  std::optional<std::string> prefix;
  bool force = false;
};

Diagnostic usage(std::string message, std::string help) {
  Diagnostic diagnostic{Code::kP0802, std::move(message)};
  diagnostic.help = std::move(help);
  return diagnostic;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// The budgets, and takes their flag from the options: what is left is a request like that of `apply`.
Outcome<std::vector<Budget>> take_budgets(ApplyOptions& options) {
  struct Flag {
    const char* name;
    Resource resource;
    std::optional<std::string>& text;
  };
  std::vector<Budget> budgets;
  std::string first;
  for (const Flag& flag :
       {Flag{"--macs", Resource::kMacs, options.macs}, Flag{"--params", Resource::kParams, options.params},
        Flag{"--channels", Resource::kChannels, options.channels}, Flag{"--latency", Resource::kLatency, options.latency}}) {
    if (!flag.text) continue;
    if (!first.empty()) return usage("`" + first + "` and `" + flag.name + "` exclude each other", "a sweep is along one of them");
    first = flag.name;
    for (const std::string& part : split(*flag.text)) {
      auto share = read_share(flag.name, part);
      if (!share) return std::move(share.diagnostics);
      budgets.push_back({flag.resource, *share, {}});
    }
  }
  if (first.empty()) return usage("nothing says which budgets to solve", "name them, for example `--macs 90%,70%,50%,30%`");
  // `prepare_apply` wants an amount; the first budget stands for all.
  for (auto* text : {&options.macs, &options.params, &options.channels, &options.latency}) {
    if (*text) *text = split(**text).front();
  }
  return budgets;
}

std::vector<std::string> outputs(const std::string& prefix) {
  return {prefix + ".csv", prefix + ".json", prefix + ".svg"};
}

Diagnostics write(const std::string& prefix, const Sweep& sweep) {
  Diagnostics diagnostics = write_new_file(prefix + ".csv", "the table", sweep_csv(sweep));
  append(diagnostics, write_new_file(prefix + ".json", "the JSON", sweep_json(sweep)));
  append(diagnostics, write_new_file(prefix + ".svg", "the picture", sweep_svg(sweep)));
  return diagnostics;
}

void print(std::ostream& out, const Sweep& sweep) {
  const auto row = [&](double asked, double used, double kept, const std::optional<double>& gap, const Usage& usage) {
    out << padded_left(formatted("%g%%", 100 * asked), 8) << padded_left(formatted("%.2f%%", 100 * used), 10)
        << padded_left(formatted("%.2f%%", 100 * kept), 13) << padded_left(gap ? formatted("%.2f%%", 100 * *gap) : "-", 8)
        << padded_left(grouped(usage.channels), 12) << padded_left(grouped(usage.parameters), 14) << padded_left(grouped(usage.macs), 18);
    if (usage.picoseconds) out << padded_left(formatted("%.3f ms", static_cast<double>(*usage.picoseconds) / 1e9), 14);
    out << "\n";
  };
  out << padded_left("asked", 8) << padded_left("used", 10) << padded_left("kept score", 13) << padded_left("gap", 8)
      << padded_left("channels", 12) << padded_left("parameters", 14) << padded_left("MACs", 18)
      << (sweep.before.picoseconds ? padded_left("time", 14) : "") << "\n";
  row(1, 1, 1, 0.0, sweep.before);
  for (const SweepPoint& point : sweep.points) row(point.asked, point.used, point.kept_score, point.gap, point.usage);
}

Outcome<Sweep> with_runtime(SweepRequest request, const Output& output, Environment& environment) {
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  request.pruning.on_step = [&progress](const std::string& step) { progress.begin(step); };
  return std::get<Runtime*>(loaded)->sweep(request);
}

ExitCode sweep(Options& options, Output& output, Environment& environment) {
  const auto refuse = [&](const Diagnostics& diagnostics) {
    output.report(diagnostics);
    return exit_code(diagnostics);
  };
  const auto budgets = take_budgets(options.pruning);
  if (!budgets) return refuse(budgets.diagnostics);
  auto prepared = prepare_apply(options.pruning, environment);
  prepared.diagnostics = output.controlled(std::move(prepared.diagnostics));
  output.report(prepared.diagnostics);
  if (!prepared.value || has_error(prepared.diagnostics)) return exit_code(prepared.diagnostics);
  const std::string& model = prepared->request.model;
  const std::string prefix = options.prefix.value_or(std::filesystem::path(model).replace_extension().string() + ".sweep");
  for (const std::string& path : outputs(prefix)) {
    if (const auto refused = check_new_file(path, "the curve", {model}, options.force); !refused.empty()) return refuse(refused);
  }
  auto result = with_runtime({prepared->request, *budgets}, output, environment);
  result.diagnostics = with_sources(std::move(result.diagnostics), prepared->rules);
  if (result) append(result.diagnostics, write(prefix, *result));
  const ExitCode code = refuse(result.diagnostics);
  if (!result || code != ExitCode::kDone) return code;
  if (output.format() == Format::kJson) {
    environment.out << sweep_json(*result);
  } else if (!output.quiet()) {
    print(environment.out, *result);
    if (prepared->device) output.say("scores computed on " + device_used(*prepared->device, result->device));
    output.say("wrote " + prefix + ".csv, " + prefix + ".json and " + prefix + ".svg");
  }
  return code;
}

}  // namespace

ExitCode run_sweep(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments(
      "sweep",
      "Solve many budgets after one look at the model, and write what stays at each: a table, JSON and a picture. No model\n"
      "is pruned; `prunec apply` with one of the budgets does that.");
  ApplyOptions& pruning = options.pruning;
  arguments.positional(pruning.model, "MODEL", "A TorchScript model, saved with torch.jit.save");
  arguments.option(pruning.plan, "--plan", "PLAN", "The plan. Without it and without rules: the folder's only plan");
  arguments.option(pruning.rules, "--rules", "RULES", "A rule file or the name of installed rules, in place of a plan");
  arguments.option(pruning.strategy, "-s,--strategy", "NAME", "The strategy of the rules. Without it: their default one");
  arguments.option(pruning.macs, "--macs", "P%,...", "Shares of the multiply-accumulates");
  arguments.option(pruning.params, "--params", "P%,...", "Shares of the parameters");
  arguments.option(pruning.channels, "--channels", "P%,...", "Shares of the channels");
  arguments.option(pruning.latency, "--latency", "P%,...", "Shares of the time that `prunec bench` measured");
  arguments.option(pruning.latency_table, "--latency-table", "FILE", "The times that `prunec bench --table` wrote");
  arguments.option(pruning.device, "--device", "auto|cpu|cuda[:N]", "Where to compute the scores");
  arguments.option(pruning.input, "--input", "SHAPE", "Shape of one input, such as 1x3x224x224");
  arguments.operators(environment);
  arguments.option(options.prefix, "-o,--output", "PREFIX", "Names of the files without their endings. Without it: MODEL.sweep");
  arguments.flag(options.force, "--force", "Replace existing files, never the model");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;
  return sweep(options, output, environment);
}

}  // namespace prunec::cli

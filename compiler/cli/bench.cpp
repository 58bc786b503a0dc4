// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <numeric>

#include "compiler/cli/arguments.h"
#include "compiler/cli/columns.h"
#include "compiler/cli/command.h"
#include "compiler/cli/new_file.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/settings.h"
#include "compiler/cli/values.h"
#include "runtime/latency/latency_json.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec bench model.pt                               how long each layer takes\n"
    "  prunec bench model.pt --table model.latency.json    and at several widths, for `budget latency`\n"
    "  prunec bench model.pt --table gpu.json --device cuda --input 32x3x224x224";

struct Options {
  std::optional<std::string> model, table, input, device;
  bool force = false;
};

Outcome<BenchRequest> prepare(const Options& options) {
  if (!options.model) {
    Diagnostic missing{Code::kP0802, "`prunec bench` needs a model"};
    missing.help = "name a TorchScript file, for example `prunec bench model.pt`";
    return missing;
  }
  auto settings = find_settings();
  if (!settings) return std::move(settings.diagnostics);
  BenchRequest request;
  request.model = *options.model;
  if (const auto& input = options.input ? options.input : settings->input) {
    auto shape = read_shape(options.input ? "--input" : "input", *input);
    if (!shape) return std::move(shape.diagnostics);
    request.input = std::move(*shape);
  }
  if (const auto& device = options.device ? options.device : settings->device) {
    auto name = read_device(options.device ? "--device" : "device", *device);
    if (!name) return std::move(name.diagnostics);
    request.device = std::move(*name);
  }
  if (options.table) {
    auto refused = check_new_file(*options.table, "the table", {*options.model}, options.force);
    if (!refused.empty()) return refused;
  }
  return request;
}

Outcome<LatencyTable> bench(BenchRequest request, const Options& options, const Output& output, Environment& environment) {
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  request.on_step = [&progress](const std::string& step) { progress.begin(step); };
  auto latency = std::get<Runtime*>(loaded)->bench(request);
  if (latency && options.table) append(latency.diagnostics, write_new_file(*options.table, "the table", write_latency(*latency)));
  return latency;
}

/// At full width.
Cost time_of(const LayerLatency& layer) {
  return layer.table.costs.back();
}

std::string milliseconds(Cost picoseconds) {
  return formatted("%.3f ms", static_cast<double>(picoseconds) / 1e9);
}

void print_table(std::ostream& out, const LatencyTable& latency, const std::string& device_asked) {
  const Cost all = std::accumulate(latency.layers.begin(), latency.layers.end(), Cost{0},
                                   [](Cost sum, const LayerLatency& layer) { return sum + time_of(layer); });
  std::size_t width = 6;
  for (const LayerLatency& layer : latency.layers) width = std::max(width, layer.weight.size());
  out << padded_right("weight", width) << padded_left("out", 8) << padded_left("in", 8) << padded_left("time", 14)
      << padded_left("share", 9) << padded_left("at half", 14) << "\n";
  for (const LayerLatency& layer : latency.layers) {
    const CostTable& table = layer.table;
    out << padded_right(layer.weight, width) << padded_left(grouped(table.outputs.back()), 8)
        << padded_left(grouped(table.inputs.back()), 8) << padded_left(milliseconds(time_of(layer)), 14)
        << padded_left(formatted("%.1f%%", 100 * static_cast<double>(time_of(layer)) / static_cast<double>(std::max<Cost>(all, 1))), 9)
        << padded_left(milliseconds(look_up(table, (table.inputs.back() + 1) / 2, (table.outputs.back() + 1) / 2)), 14) << "\n";
  }
  out << "all of them take " << milliseconds(all) << " on " << device_used(device_asked, latency.device) << "\n";
}

}  // namespace

ExitCode run_bench(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("bench",
                      "Measure how long each convolution and linear layer of a model takes, and at several widths, on the device that it\n"
                      "will run on. A budget of latency is solved by the table.");
  arguments.positional(options.model, "MODEL", "A TorchScript model, saved with torch.jit.save");
  arguments.option(options.table, "--table", "FILE", "Write the times at all widths, for `prunec apply --latency-table`");
  arguments.option(options.device, "--device", "auto|cpu|cuda[:N]", "Where to run the layers");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input, such as 1x3x224x224");
  arguments.operators(environment);
  arguments.flag(options.force, "--force", "Replace an existing table");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  const auto request = prepare(options);
  output.report(request.diagnostics);
  if (!request) return exit_code(request.diagnostics);
  const auto latency = bench(*request, options, output, environment);
  output.report(latency.diagnostics);
  const ExitCode code = exit_code(latency.diagnostics);
  if (!latency || code != ExitCode::kDone) return code;
  if (output.format() == Format::kJson) {
    environment.out << write_latency(*latency);
  } else if (!output.quiet()) {
    print_table(environment.out, *latency, request->device);
    if (options.table) output.say("wrote " + *options.table);
  }
  return code;
}

}  // namespace prunec::cli

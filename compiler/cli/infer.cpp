// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/infer_proof.h"
#include "compiler/cli/model_check.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/settings.h"
#include "compiler/cli/values.h"
#include "compiler/source/file_io.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec infer model.pt -o my.prune                     draft rules, then read and change them\n"
    "  prunec infer model.pt --architecture my_net           the same to stdout, under a name of your own\n"
    "  prunec infer --facts model.facts.json -o my.prune     without the model, by what `inspect --facts` saved";

struct Options {
  std::optional<std::string> model, facts, input, output, architecture;
  bool force = false;
};

Diagnostic usage(std::string message, std::string help) {
  Diagnostic diagnostic{Code::kP0802, std::move(message)};
  diagnostic.help = std::move(help);
  return diagnostic;
}

bool is_name(const std::string& text) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), fits);
}

/// That of the file, as far as its characters may stand in a name.
std::string architecture_of(const std::string& model) {
  std::string name;
  for (const char c : std::filesystem::path(model).stem().string()) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 128 ? c : '_';
  }
  return is_name(name) ? name : "net_" + name;
}

Diagnostics check_flags(const Options& options) {
  if (!options.model && !options.facts) {
    return {usage("`prunec infer` needs a model", "name a TorchScript file, for example `prunec infer model.pt`, or facts with `--facts`")};
  }
  if (options.facts && (options.model || options.input)) {
    return {usage(std::string(options.model ? "a model" : "`--input`") + " and `--facts` exclude each other",
                  "facts stand for a model and for the input that it was run on; leave one of the two out")};
  }
  if (options.architecture && !is_name(*options.architecture)) {
    return {usage("`" + *options.architecture + "` cannot name an architecture", "use letters, digits, `_` and `-`, a letter first")};
  }
  if (!options.output) return {};
  std::error_code ignored;
  for (const auto& input : {options.model, options.facts}) {
    if (input && std::filesystem::equivalent(*options.output, *input, ignored)) {
      return {Diagnostic{Code::kP0855, "the rules would replace what they are drafted from", FilePlace{*options.output}}};
    }
  }
  if (!options.force && std::filesystem::exists(std::filesystem::symlink_status(*options.output, ignored))) {
    Diagnostic exists{Code::kP0851, "the output file exists already", FilePlace{*options.output}};
    exists.help = "remove it, name another with `-o`, or replace it with `--force`";
    return {std::move(exists)};
  }
  return {};
}

Outcome<ModelFacts> facts_of(const Options& options, const Output& output, Environment& environment) {
  if (options.facts) return load_facts(*options.facts);
  auto settings = find_settings();
  if (!settings) return std::move(settings.diagnostics);
  InspectRequest request{*options.model, {}};
  if (const auto& input = options.input ? options.input : settings->input) {
    auto shape = read_shape(options.input ? "--input" : "input", *input);
    if (!shape) return std::move(shape.diagnostics);
    request.input = std::move(*shape);
  }
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  progress.begin("tracing the model");
  auto inspection = std::get<Runtime*>(loaded)->inspect(request);
  if (!inspection) return std::move(inspection.diagnostics);
  return {std::move(inspection->facts), std::move(inspection.diagnostics)};
}

Outcome<InferredRules> infer(const Options& options, const Output& output, Environment& environment) {
  if (auto refused = check_flags(options); !refused.empty()) return refused;
  auto facts = facts_of(options, output, environment);
  if (!facts) return std::move(facts.diagnostics);
  Progress progress(environment, output, "drafting the rules");
  auto rules = infer_rules(*facts, options.architecture.value_or(architecture_of(facts->model_path)));
  append(facts.diagnostics, std::move(rules.diagnostics));
  rules.diagnostics = std::move(facts.diagnostics);
  if (!rules || !options.output) return rules;
  if (const auto error = write_file_atomically(*options.output, rules->text)) {
    Diagnostic failed{Code::kP0852, "the rules cannot be written", FilePlace{*options.output}};
    failed.notes.push_back({{}, error->reason});
    rules.diagnostics.push_back(std::move(failed));
  }
  return rules;
}

std::string json_of(const InferredRules& rules, const Options& options) {
  nlohmann::ordered_json json{{"schema", 1}, {"prunec", PRUNEC_VERSION}, {"norms", rules.draft.norms}, {"prunable", rules.draft.prunable}};
  for (const infer::StrategyDraft& strategy : rules.draft.strategies) {
    json["strategies"].push_back({{"name", strategy.name}, {"tied_by_graph", strategy.from_graph}});
  }
  json["rules"] = rules.text;
  if (options.output) json["output"] = *options.output;
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string summary(const InferredRules& rules, const std::string& path) {
  std::string strategies;
  for (const infer::StrategyDraft& strategy : rules.draft.strategies) {
    strategies += (strategies.empty() ? "`" : ", `") + strategy.name + "`" + (strategy.from_graph ? " (tied by the graph)" : "");
  }
  return "wrote " + path + ": " + (rules.draft.strategies.size() == 1 ? "strategy " : "strategies ") + strategies + "; " +
         std::to_string(rules.draft.prunable) + " of " + std::to_string(rules.draft.norms) +
         (rules.draft.by_filters ? " layers" : " norms") + " can lose channels";
}

}  // namespace

ExitCode run_infer(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("infer",
                      "Draft a rule file from what a model's graph couples: its sites, its ties, strategies from `inner`, only inside the\n"
                      "blocks, to `all`. Every strategy has been held against the model; what should stay, only a person knows.");
  arguments.positional(options.model, "MODEL", "A TorchScript model, saved with torch.jit.save");
  arguments.option(options.facts, "--facts", "FILE", "Draft from the facts that `prunec inspect --facts` saved, without the model");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input of the model, such as 1x3x224x224");
  arguments.operators(environment);
  arguments.option(options.output, "-o,--output", "RULES", "Where to write the rules. Without it: to stdout");
  arguments.option(options.architecture, "--architecture", "NAME",
                   "The name that the rules give the architecture. Without it: that of the model's file");
  arguments.flag(options.force, "--force", "Replace an existing rule file");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  const auto rules = infer(options, output, environment);
  output.report(rules.diagnostics);
  const ExitCode code = exit_code(rules.diagnostics);
  if (!rules || code != ExitCode::kDone) return code;
  if (output.format() == Format::kJson) {
    environment.out << json_of(*rules, options);
  } else if (!options.output) {
    environment.out << rules->text;
  } else if (!output.quiet()) {
    output.say(summary(*rules, *options.output));
  }
  return code;
}

}  // namespace prunec::cli

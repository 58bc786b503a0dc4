// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/apply_request.h"
#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/find.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/diag/render.h"
#include "runtime/explain/answer.h"
#include "runtime/report/read.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec why model.pt layer2.0.conv1:17 --rules resnet18 --strategy all --ratio 0.4\n"
    "  prunec why model.pt layer3 layer4.0.bn2                 what became of whole layers, by the folder's plan\n"
    "  prunec why --report model.pruned.json layer2.0.conv1:17";

struct Options {
  ApplyOptions inputs;
  std::optional<std::string> report;
  std::optional<std::string> model;  ///< beside a report: the first layer
  std::vector<std::string> layers;
};

Diagnostic usage(std::string message, std::string help) {
  Diagnostic diagnostic{Code::kP0802, std::move(message)};
  diagnostic.help = std::move(help);
  return diagnostic;
}

Outcome<std::vector<Question>> questions(const Options& options) {
  std::vector<Question> questions;
  std::vector<std::string> layers = options.layers;
  if (options.report && options.model) layers.insert(layers.begin(), *options.model);
  for (const std::string& layer : layers) {
    auto question = read_question(layer);
    if (!question) return std::move(question.diagnostics);
    questions.push_back(std::move(*question));
  }
  if (!questions.empty()) return questions;
  return usage("`prunec why` needs a model, or a report, and a layer",
               "for example `prunec why model.pt layer2.0.conv1:17` or `prunec why --report model.pruned.json layer2`");
}

Outcome<Report> from_report(const Options& options) {
  const ApplyOptions& inputs = options.inputs;
  if (inputs.plan || inputs.rules || inputs.strategy || inputs.ratio || inputs.threshold || inputs.device || inputs.input) {
    return usage("a report excludes the flags that say how to prune", "it tells of one run; leave the other flags or `--report` out");
  }
  const auto source = read_source(*options.report, "report");
  if (!source) return source.diagnostics;
  auto report = read_report(*options.report, (*source)->text());
  if (!report || report->decisions) return report;
  Diagnostic old{Code::kP0754, "the report does not hold why channels were kept or removed", FilePlace{*options.report}};
  old.help = "ask with the model and the rules, for example `prunec why model.pt layer2.0.conv1:17 --rules resnet18 --ratio 0.4`";
  return old;
}

Outcome<Report> from_model(Options& options, const Output& output, Environment& environment) {
  options.inputs.model = options.model;
  auto prepared = prepare_apply(options.inputs, environment);
  prepared.diagnostics = output.controlled(std::move(prepared.diagnostics));
  if (!prepared.value || has_error(prepared.diagnostics)) return std::move(prepared.diagnostics);
  Progress progress(environment, output, "loading LibTorch");
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return std::move(*missing);
  prepared->request.on_step = [&progress](const std::string& step) { progress.begin(step); };
  auto report = std::get<Runtime*>(loaded)->decide(prepared->request);
  report.diagnostics = with_sources(std::move(report.diagnostics), prepared->rules);
  append(prepared.diagnostics, std::move(report.diagnostics));
  report.diagnostics = std::move(prepared.diagnostics);
  return report;
}

Outcome<std::vector<Answer>> answers(Options& options, const Output& output, Environment& environment) {
  const auto asked = questions(options);
  if (!asked) return asked.diagnostics;
  auto report = options.report ? from_report(options) : from_model(options, output, environment);
  if (!report || has_error(report.diagnostics)) return std::move(report.diagnostics);
  std::vector<Answer> given;
  for (const Question& question : *asked) {
    auto found = answer(report->decisions.value_or(Decisions{}), question);
    append(report.diagnostics, std::move(found.diagnostics));
    if (found.value) given.push_back(std::move(*found.value));
  }
  if (has_error(report.diagnostics)) return std::move(report.diagnostics);
  return {std::move(given), std::move(report.diagnostics)};
}

void print(std::ostream& out, const std::vector<Answer>& answers) {
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (i > 0) out << "\n";
    const auto& sentences = std::visit([](const auto& a) -> const std::vector<std::string>& { return a.sentences; }, answers[i]);
    for (std::size_t s = 0; s < sentences.size(); ++s) out << (s == 0 ? "" : "  ") << sentences[s] << "\n";
  }
}

}  // namespace

ExitCode run_why(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("why",
                      "Say why channels are kept or removed: by the same inputs as `prunec apply`, or by the report of a run. LAYER is a\n"
                      "module path, LAYER:CHANNEL one channel of it; a module that holds layers stands for them all.");
  arguments.positional(options.model, "MODEL", "The model; left out beside a report");
  arguments.positionals(options.layers, "LAYER", "What is asked about: layer3, layer3.0.bn1, layer3.0.bn1:17");
  arguments.option(options.report, "--report", "R.json", "The report of a run, in place of the model and the flags that say how to prune");
  describe_inputs(arguments, options.inputs);
  arguments.operators(environment);
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  const auto found = answers(options, output, environment);
  output.report(found.diagnostics);
  const ExitCode code = exit_code(found.diagnostics);
  if (!found || code != ExitCode::kDone) return code;
  if (output.format() == Format::kJson) {
    environment.out << answers_json(*found);
  } else {
    print(environment.out, *found);
  }
  return code;
}

}  // namespace prunec::cli

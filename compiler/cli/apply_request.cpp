// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/apply_request.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "compiler/check/lower.h"
#include "compiler/cli/find.h"
#include "compiler/cli/values.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/source/file_io.h"
#include "compiler/source/sha256.h"
#include "runtime/latency/latency_json.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

Diagnostic usage(Code code, std::string message, std::string help) {
  Diagnostic diagnostic{code, std::move(message)};
  diagnostic.help = std::move(help);
  return diagnostic;
}

/// `dir/model.pt` gives `dir/model` and the new ending; only the endings of model files are cut off.
std::string beside(const std::string& model, const std::string& ending) {
  fs::path path(model);
  const std::string old = path.extension().string();
  if (old == ".pt" || old == ".pth" || old == ".pt2" || old == ".ts") path.replace_extension();
  return path.string() + ending;
}

class Preparation {
 public:
  Preparation(const ApplyOptions& options, const Environment& environment) : options_(options), environment_(environment) {}

  Outcome<PreparedApply> run() {
    for (const auto step :
         {&Preparation::arguments, &Preparation::settings, &Preparation::plan, &Preparation::amount, &Preparation::values}) {
      (this->*step)();
      if (has_error(diagnostics_)) return std::move(diagnostics_);
    }
    paths();
    return {std::move(prepared_), std::move(diagnostics_)};
  }

 private:
  ApplyRequest& request() { return prepared_.request; }
  void refuse(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }

  /// Moves a value to its target; without one, what is wrong to the diagnostics.
  template <typename T, typename Target>
  void take(Outcome<T> outcome, Target& target) {
    append(diagnostics_, std::move(outcome.diagnostics));
    if (outcome.value) target = std::move(*outcome.value);
  }

  void arguments() {
    if (!options_.model) {
      return refuse(usage(Code::kP0802, "`prunec apply` needs a model", "name a TorchScript file, for example `prunec apply model.pt`"));
    }
    request().model = *options_.model;
    if (options_.plan && (options_.rules || options_.strategy)) {
      const std::string other = options_.rules ? "--rules" : "--strategy";
      return refuse(usage(Code::kP0802, "`--plan` and `" + other + "` exclude each other",
                          "a plan is one strategy of a rule file, compiled; leave one of the two out"));
    }
    std::vector<std::string> amounts;
    if (options_.ratio) amounts.emplace_back("--ratio");
    if (options_.threshold) amounts.emplace_back("--threshold");
    for (const auto& [flag, resource, text] : budgets()) {
      if (*text) amounts.emplace_back(flag);
    }
    if (amounts.size() > 1) {
      return refuse(usage(Code::kP0802, "`" + amounts[0] + "` and `" + amounts[1] + "` exclude each other", "leave one of the two out"));
    }
  }

  struct BudgetFlag {
    const char* flag;
    Resource resource;
    const std::optional<std::string>* text;
  };
  std::vector<BudgetFlag> budgets() const {
    return {{"--macs", Resource::kMacs, &options_.macs},
            {"--params", Resource::kParams, &options_.params},
            {"--channels", Resource::kChannels, &options_.channels},
            {"--latency", Resource::kLatency, &options_.latency}};
  }

  void settings() { take(find_settings(), settings_); }

  void plan() {
    if (options_.rules || options_.strategy) return plan_from_rules();
    std::optional<std::string> path = options_.plan;
    if (!path) take(find_plan(settings_), path);
    if (!path) return;
    std::shared_ptr<const SourceFile> source;
    take(read_source(*path, "plan"), source);
    if (source == nullptr) return;
    take(read_plan(source), request().plan);
    if (!has_error(diagnostics_)) find_text_of_plan();
  }

  void plan_from_rules() {
    std::optional<std::string> path;
    take(find_rules(options_.rules, settings_, environment_), path);
    if (!path) return;
    std::shared_ptr<const SourceFile> source;
    take(read_source(*path, "rule file"), source);
    if (source == nullptr) return;
    auto rules = parse_and_check(source, library_for(*path, environment_));
    append(diagnostics_, std::move(rules.diagnostics));
    if (!rules.value) return;
    auto strategy = choose_strategy(*rules, options_.strategy || options_.rules ? options_.strategy : settings_.strategy);
    append(diagnostics_, std::move(strategy.diagnostics));
    if (!strategy.value) return;
    request().plan = lower(*rules, *strategy);
    prepared_.rules = sources_of(*rules);
  }

  /// The rule file may be gone, which is fine, or have changed, which is worth a word; so may those that it uses.
  void find_text_of_plan() {
    const ConstraintPlan& plan = request().plan;
    auto file = read_file(plan.rules_path);
    auto* bytes = std::get_if<std::string>(&file);
    if (bytes == nullptr) return;
    auto source = std::make_shared<const SourceFile>(plan.rules_path, std::move(*bytes));
    // The usual case, a file that uses no other, needs no parser.
    if (sha256_hex(source->text()) == plan.rules_sha256) return void(prepared_.rules = {source});
    const auto rules = parse_and_check(source, library_for(plan.rules_path, environment_));
    if (rules.value && sha256_of(*rules.value) == plan.rules_sha256) return void(prepared_.rules = sources_of(*rules.value));
    const bool several = rules.value && !rules.value->imports.empty();
    Diagnostic changed{Code::kP0405,
                       several ? "the rule file, or one that it uses, has changed since the plan was compiled"
                               : "the rule file has changed since the plan was compiled",
                       FilePlace{plan.rules_path}};
    changed.help = "run `prunec compile` again to use what it says now";
    refuse(std::move(changed));
  }

  void amount() {
    double value = 0;
    for (const auto& [flag, resource, text] : budgets()) {
      if (!*text) continue;
      take(read_share(flag, **text), value);
      request().amount = Budget{resource, value, {}};
    }
    if (request().amount) return;
    if (options_.ratio) {
      take(read_ratio("--ratio", *options_.ratio), value);
      request().amount = Ratio{value, false, {}};
    } else if (options_.threshold) {
      take(read_not_negative("--threshold", *options_.threshold), value);
      request().amount = Threshold{value, {}};
    } else if (settings_.ratio) {
      request().amount = Ratio{*settings_.ratio, false, {}};
    } else if (settings_.threshold) {
      request().amount = Threshold{*settings_.threshold, {}};
    } else {
      for (const auto& [resource, share] : {std::pair{Resource::kMacs, settings_.macs},
                                            {Resource::kParams, settings_.params},
                                            {Resource::kChannels, settings_.channels},
                                            {Resource::kLatency, settings_.latency}}) {
        if (share) request().amount = Budget{resource, *share, {}};
      }
    }
    const auto& statements = request().plan.statements;
    const bool in_plan = std::any_of(statements.begin(), statements.end(), is_amount);
    if (!request().amount && !in_plan) {
      refuse(usage(
          Code::kP0808, "nothing says how much to prune",
          "give `--ratio 0.4`, `--threshold 0.05` or `--macs 50%`, set one of these in prunec.toml, or add `ratio 40%` to the strategy"));
    }
  }

  void values() {
    prepared_.device = options_.device ? options_.device : settings_.device;
    if (const auto& device = prepared_.device) take(read_device(options_.device ? "--device" : "device", *device), request().device);
    const auto& input = options_.input ? options_.input : settings_.input;
    if (input) take(read_shape(options_.input ? "--input" : "input", *input), request().input);
    if (settings_.tolerance) request().tolerance = *settings_.tolerance;
    if (options_.tolerance) take(read_positive("--tolerance", *options_.tolerance), request().tolerance);
    if (options_.latency_table || settings_.latency_table) latency();
    request().verify = !options_.no_verify;
    request().dry_run = options_.dry_run;
    request().force = options_.force;
  }

  void latency() {
    const std::string path = options_.latency_table ? *options_.latency_table : *settings_.latency_table;
    std::shared_ptr<const SourceFile> source;
    take(read_source(path, "latency table"), source);
    if (source == nullptr) return;
    request().latency_path = path;
    take(read_latency(path, source->text()), request().latency);
  }

  void paths() {
    const auto& output = options_.output ? options_.output : settings_.output;
    request().output = output.value_or(beside(request().model, ".pruned.pt"));
    const auto& report = options_.report ? options_.report : settings_.report;
    request().report = report.value_or(output ? beside(*output, ".json") : beside(request().model, ".pruned.json"));
  }

  const ApplyOptions& options_;
  const Environment& environment_;
  Settings settings_;
  PreparedApply prepared_;
  Diagnostics diagnostics_;
};

}  // namespace

void describe_inputs(Arguments& arguments, ApplyOptions& options) {
  arguments.option(options.plan, "--plan", "PLAN", "The plan. Without it and without rules: the folder's only plan");
  arguments.option(options.rules, "--rules", "RULES", "A rule file or the name of installed rules, in place of a plan");
  arguments.option(options.strategy, "-s,--strategy", "NAME", "The strategy of the rules. Without it: their default one");
  arguments.option(options.ratio, "--ratio", "R", "Share of the channels to remove, from 0 up to but not including 1");
  arguments.option(options.threshold, "--threshold", "X", "Remove the channels whose |scale| is below X");
  arguments.option(options.macs, "--macs", "P%", "Use at most this share of the multiply-accumulates; the widths are solved for");
  arguments.option(options.params, "--params", "P%", "The same of the parameters");
  arguments.option(options.channels, "--channels", "P%", "The same of the channels");
  arguments.option(options.latency, "--latency", "P%", "The same of the time that `prunec bench` measured");
  arguments.option(options.latency_table, "--latency-table", "FILE", "The times that `prunec bench --table` wrote");
  arguments.option(options.device, "--device", "auto|cpu|cuda[:N]", "Where to compute the scores");
  arguments.option(options.input, "--input", "SHAPE", "Shape of one input, such as 1x3x224x224");
}

Outcome<PreparedApply> prepare_apply(const ApplyOptions& options, const Environment& environment) {
  return Preparation(options, environment).run();
}

}  // namespace prunec::cli

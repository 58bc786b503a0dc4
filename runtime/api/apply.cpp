// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/apply.h"

#include <ATen/core/Tensor.h>
#include <chrono>
#include <initializer_list>
#include <utility>

#include "compiler/source/sha256.h"
#include "runtime/api/network_cost.h"
#include "runtime/api/observe.h"
#include "runtime/api/outputs.h"
#include "runtime/bind/bind.h"
#include "runtime/explain/decide.h"
#include "runtime/model/model.h"
#include "runtime/report/build.h"
#include "runtime/report/json.h"
#include "runtime/slice/plan_edits.h"
#include "runtime/solve/budget_solver.h"
#include "runtime/solve/device.h"
#include "runtime/solve/remarks.h"
#include "runtime/solve/scores.h"
#include "runtime/solve/solve.h"
#include "runtime/trace/propagate.h"
#include "runtime/trace/selections.h"
#include "runtime/verify/verify.h"

namespace prunec {

namespace {

/// Times the steps of a run: each from the end of the one before.
class Stopwatch {
 public:
  void lap(std::string step) {
    const auto now = std::chrono::steady_clock::now();
    timings_.push_back({std::move(step), std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }
  std::vector<Timing> take() { return std::move(timings_); }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::vector<Timing> timings_;
};

Amount amount_of(const ApplyRequest& request) {
  if (request.amount) return *request.amount;
  Amount amount;
  for (const Statement& statement : request.plan.statements) {
    if (const auto* ratio = std::get_if<Ratio>(&statement)) amount = *ratio;
    if (const auto* threshold = std::get_if<Threshold>(&statement)) amount = *threshold;
    if (const auto* budget = std::get_if<Budget>(&statement)) amount = *budget;
  }
  return amount;
}

/// What a proof that failed means for the outputs.
Diagnostics unproven(Diagnostics diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity() != Severity::kError) continue;
    diagnostic.notes.push_back({{}, "nothing was written"});
    if (diagnostic.code == Code::kP0703) diagnostic.help += ", or write without the proof by `--no-verify`";
    if (diagnostic.help.empty())
      diagnostic.help = "run `prunec apply --dry-run` to see what would be cut, and report this if the rules look right";
  }
  return diagnostics;
}

/// The solver's scores as plain data.
std::vector<VoterScores> plain_scores(const Scores& scores) {
  const at::Tensor values = scores.values.cpu().contiguous();
  const auto* data = values.const_data_ptr<double>();
  std::vector<VoterScores> voters;
  for (const VoterRange& voter : scores.voters) voters.push_back({voter.set, voter.member, {data + voter.begin, data + voter.end}});
  return voters;
}

/// Tells the decisions by which budget the widths were chosen.
void name_budget(Report& report) {
  if (!report.budget) return;
  for (SetDecision& set : report.decisions->sets) {
    if (set.kept_because.empty()) set.budget = report.request_kind;
  }
}

/// One run of `apply`. Each step reads what the ones before have left here and returns what is wrong; the first error ends the run.
class Application {
 public:
  explicit Application(const ApplyRequest& request) : request_(request) {}

  Outcome<ApplyResult> run() {
    // The order matters twice: outputs are checked before any work, and the proof stands between slicing and writing.
    return run({{"checking the outputs", &Application::check_paths},
                reading(),
                tracing(),
                binding(),
                solving(),
                {"running the masked model", &Application::mask_model},
                {"slicing the model", &Application::slice},
                {"verifying the pruned model", &Application::prove},
                {"writing", &Application::write}});
  }

  /// Up to the decisions, which need no change of the model.
  Outcome<ApplyResult> run_to_decisions() { return run({reading(), tracing(), binding(), solving()}); }

 private:
  struct Step {
    const char* doing;
    Diagnostics (Application::*run)();
  };
  static Step reading() { return {"loading the model", &Application::read}; }
  static Step tracing() { return {"tracing the model", &Application::trace}; }
  static Step binding() { return {"binding the rules", &Application::bind_rules}; }
  static Step solving() { return {"choosing the channels", &Application::solve_plan}; }

  Outcome<ApplyResult> run(std::initializer_list<Step> steps) {
    for (const Step& step : steps) {
      if (request_.on_step) request_.on_step(step.doing);
      append(diagnostics_, (this->*step.run)());
      if (has_error(diagnostics_)) return std::move(diagnostics_);
    }
    return {ApplyResult{std::move(report_), stopwatch_.take()}, std::move(diagnostics_)};
  }

  Diagnostics check_paths() { return request_.dry_run ? Diagnostics{} : check_outputs(request_); }

  Diagnostics read() {
    const auto bytes = read_model_file(request_.model);
    if (!bytes) return bytes.diagnostics;
    report_.model_path = request_.model;
    report_.model_sha256 = sha256_hex(*bytes);
    report_.bytes.before = static_cast<std::int64_t>(bytes->size());
    stopwatch_.lap("read");
    auto model = Model::read(request_.model, *bytes);
    if (!model) return std::move(model.diagnostics);
    model_.emplace(std::move(*model));
    report_.model_format = model_->format();
    stopwatch_.lap("load");
    return {};
  }

  Diagnostics trace() {
    input_ = request_.input.empty() ? model_->usual_input() : request_.input;
    const auto trace = model_->trace(input_);
    if (!trace) return trace.diagnostics;
    stopwatch_.lap("trace");
    graph_ = propagate(*trace);
    stopwatch_.lap("propagate");
    return {};
  }

  Diagnostics bind_rules() {
    auto bound = bind_plan(request_.plan, graph_, model_->modules());
    if (bound) {
      bound_ = std::move(*bound);
      graph_ = select_reads(select_shuffles(std::move(graph_), bound_.selected_shuffles), bound_.selected_reads);
    }
    stopwatch_.lap("bind");
    return std::move(bound.diagnostics);
  }

  Diagnostics solve_plan() {
    const auto device = choose_device(request_.device);
    if (!device) return device.diagnostics;
    const auto scores = measure(bound_, graph_, *model_, *device);
    if (!scores) return scores.diagnostics;
    auto chosen = choose(*scores, amount_of(request_));
    if (!chosen) return std::move(chosen.diagnostics);
    const Solution& solution = *chosen;
    removed_ = removed_channels(bound_, solution);
    auto edits = plan_edits(graph_, removed_);
    if (!edits) return std::move(edits.diagnostics);
    edits_ = std::move(*edits);

    report_.architecture = request_.plan.architecture;
    report_.strategy = request_.plan.strategy;
    report_.rules_sha256 = request_.plan.rules_sha256;
    report_.device = device->str();
    describe_solution(graph_, bound_, solution, removed_, edits_, report_);
    report_.decisions = decide(request_.plan, graph_, model_->modules(), bound_, plain_scores(*scores), solution);
    name_budget(report_);
    stopwatch_.lap("solve");
    return std::move(chosen.diagnostics);
  }

  /// The solution, with what a user would not expect of it.
  Outcome<Solution> choose(const Scores& scores, const Amount& amount) {
    if (const auto* budget = std::get_if<Budget>(&amount)) return choose_within(scores, *budget);
    const auto* ratio = std::get_if<Ratio>(&amount);
    report_.request_kind = ratio ? "ratio" : "threshold";
    report_.request_value = ratio ? ratio->fraction : std::get<Threshold>(amount).value;
    Solution solution = ratio ? solve(bound_, scores, *ratio) : solve(bound_, scores, std::get<Threshold>(amount));
    Diagnostics remarks = remarks_on(solution, bound_, graph_);
    return {std::move(solution), std::move(remarks)};
  }

  Outcome<Solution> choose_within(const Scores& scores, const Budget& budget) {
    report_.request_kind = "budget " + std::string(to_string(budget.resource));
    report_.request_value = budget.fraction;
    auto cost = cost_of(*model_, graph_, bound_, budget.resource, request_.latency ? &*request_.latency : nullptr, request_.latency_path);
    if (!cost) return std::move(cost.diagnostics);
    auto chosen = BudgetSolver(bound_, graph_, scores, std::move(*cost)).solve(budget);
    if (!chosen) return std::move(chosen.diagnostics);
    report_.budget = BudgetReport{chosen->limit, {chosen->before, chosen->after}, chosen->kept_score, chosen->gap};
    Diagnostics remarks = remarks_on_budget(chosen->solution, bound_, graph_, budget.origin);
    return {std::move(chosen->solution), std::move(remarks)};
  }

  Diagnostics mask_model() {
    if (!request_.verify) return {};
    // What is masked is what will be cut, so masking in place costs no copy and changes nothing that stays.
    mask(*model_, plan_masks(graph_, removed_));
    auto expectation = expect(*model_, input_);
    if (!expectation) return unproven(std::move(expectation.diagnostics));
    expectation_ = std::move(*expectation);
    stopwatch_.lap("run masked");
    return std::move(expectation.diagnostics);
  }

  Diagnostics slice() {
    report_.parameters.before = model_->parameter_count();
    report_.macs.before = macs_of(graph_, *model_);
    Diagnostics diagnostics = model_->apply(edits_);
    if (has_error(diagnostics)) return diagnostics;
    report_.parameters.after = model_->parameter_count();
    report_.macs.after = macs_of(graph_, *model_);
    stopwatch_.lap("slice");
    output_ = model_->serialise();
    report_.bytes.after = static_cast<std::int64_t>(output_.size());
    stopwatch_.lap("serialise");
    return diagnostics;
  }

  /// The proof is held on the very bytes that will be written, read back as any user would.
  Diagnostics prove() {
    if (!request_.verify) return {};
    auto sliced = Model::read(request_.output, output_);
    if (!sliced) return std::move(sliced.diagnostics);
    stopwatch_.lap("reload");
    auto verification = verify(*sliced, expectation_, request_.tolerance);
    if (!verification) return unproven(std::move(verification.diagnostics));
    report_.verification = std::move(*verification);
    stopwatch_.lap("verify");
    return {};
  }

  Diagnostics write() {
    if (request_.dry_run) return {};
    report_.output_path = request_.output;
    report_.output_sha256 = sha256_hex(output_);
    const std::string json = report_json(report_);
    Diagnostics diagnostics = write_together({{request_.output, output_}, {request_.report, json}});
    stopwatch_.lap("write");
    return diagnostics;
  }

  const ApplyRequest& request_;
  Diagnostics diagnostics_;
  Report report_;
  Stopwatch stopwatch_;
  std::optional<Model> model_;
  std::vector<std::int64_t> input_;
  ChannelGraph graph_;
  BoundPlan bound_;
  std::vector<bool> removed_;  ///< by channel id
  Edits edits_;
  Expectation expectation_;
  std::string output_;  ///< the bytes of the pruned model
};

}  // namespace

Outcome<ApplyResult> run_apply(const ApplyRequest& request) {
  return Application(request).run();
}

Outcome<Report> run_decide(const ApplyRequest& request) {
  auto result = Application(request).run_to_decisions();
  if (!result) return std::move(result.diagnostics);
  return {std::move(result->report), std::move(result.diagnostics)};
}

Diagnostics run_check(const CheckRequest& request) {
  const auto observed = observe(request.model, request.input);
  if (!observed) return observed.diagnostics;
  return bind_plan(request.plan, observed->graph, observed->model.modules()).diagnostics;
}

}  // namespace prunec

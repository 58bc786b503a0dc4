// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/infer_proof.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "compiler/check/lower.h"
#include "compiler/format/format.h"
#include "runtime/bind/bind.h"
#include "runtime/infer/rule_text.h"

namespace prunec::cli {
namespace {

const Diagnostic* first_error(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity() == Severity::kError) return &diagnostic;
  }
  return nullptr;
}

/// Takes the strategies that do not hold from their own ties to the graph's. Returns whether there were any.
bool leave_to_graph(infer::RuleDraft& draft, const CheckedRules& rules, const ModelFacts& facts) {
  bool changed = false;
  for (infer::StrategyDraft& strategy : draft.strategies) {
    const Diagnostics found = bind_plan(lower(rules, strategy.name), facts.graph, facts.modules).diagnostics;
    const Diagnostic* error = first_error(found);
    if (error == nullptr) continue;
    if (strategy.from_graph) throw std::logic_error("drafted rules do not fit the model that they were drafted from: " + error->message);
    strategy.no_ties_since = error->message;
    strategy.from_graph = changed = true;
  }
  return changed;
}

}  // namespace

Outcome<InferredRules> prove_rules(infer::RuleDraft draft, const ModelFacts& facts, const std::string& architecture) {
  if (draft.strategies.empty()) {
    Diagnostic nothing{Code::kP0603, "no channel of the model can be removed"};
    if (!facts.model_path.empty()) nothing.place = FilePlace{facts.model_path};
    constexpr std::size_t kMostNotes = 4;
    for (const infer::WholeDraft& whole : draft.whole) {
      if (nothing.notes.size() < kMostNotes) nothing.notes.push_back({{}, whole.norms.front() + " stays whole: " + whole.reason});
    }
    if (draft.norms == 0) nothing.notes.push_back({{}, "it runs no batch norm, and no layer whose filters could be scored"});
    nothing.help = "`prunec inspect` shows what pins its channels";
    return nothing;
  }
  const std::string model = std::filesystem::path(facts.model_path).filename().string();
  for (;;) {
    auto rules = parse_and_check(std::make_shared<const SourceFile>("drafted rules", infer::rule_text(draft, architecture, model)));
    if (const Diagnostic* error = first_error(rules.diagnostics)) {
      const bool all = std::all_of(draft.strategies.begin(), draft.strategies.end(), [](const auto& s) { return s.from_graph; });
      if (all || !rules.value) throw std::logic_error("drafted rules have a mistake: " + error->message);
    }
    if (!leave_to_graph(draft, *rules, facts)) return InferredRules{format_rules(rules->file), std::move(draft)};
  }
}

Outcome<InferredRules> infer_rules(const ModelFacts& facts, const std::string& architecture) {
  return prove_rules(infer::draft_rules(facts), facts, architecture);
}

}  // namespace prunec::cli

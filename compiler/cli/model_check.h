// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Plans against a model, through the runtime library, or against the facts of one, without it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/command.h"
#include "compiler/cli/output.h"
#include "runtime/facts/facts.h"

namespace prunec::cli {

/// What the model's graph says against the plans; `sources` are the rule files that they were lowered from. A finding that several plans
/// share is told once.
Diagnostics check_with_model(Environment& environment, const Output& output, const std::string& model,
                             const std::vector<ConstraintPlan>& plans, const std::vector<std::shared_ptr<const SourceFile>>& sources,
                             const std::vector<std::int64_t>& input = {});

/// The same against a file that `prunec inspect --facts` wrote.
Diagnostics check_with_facts(const std::string& facts, const std::vector<ConstraintPlan>& plans,
                             const std::vector<std::shared_ptr<const SourceFile>>& sources);

Diagnostics check_with_facts(const ModelFacts& facts, const std::vector<ConstraintPlan>& plans,
                             const std::vector<std::shared_ptr<const SourceFile>>& sources);

/// The facts of a file. Errors: P0803, and those of `read_facts`.
Outcome<ModelFacts> load_facts(const std::string& path);

/// What is wrong with giving these flags together: facts stand for a model and for the input that it was run on.
Diagnostics flags_beside_facts(const std::optional<std::string>& facts, const std::optional<std::string>& model,
                               const std::optional<std::string>& input = {});

}  // namespace prunec::cli

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

namespace prunec::cli {

/// What the model's graph says against the plans; `source` is the rule file that they were lowered from. A finding that several plans
/// share is told once.
Diagnostics check_with_model(Environment& environment, const std::string& model, const std::vector<ConstraintPlan>& plans,
                             const std::shared_ptr<const SourceFile>& source, const std::vector<std::int64_t>& input = {});

/// The same against a file that `prunec inspect --facts` wrote.
Diagnostics check_with_facts(const std::string& facts, const std::vector<ConstraintPlan>& plans,
                             const std::shared_ptr<const SourceFile>& source);

/// What is wrong with giving these flags together: facts stand for a model and for the input that it was run on.
Diagnostics flags_beside_facts(const std::optional<std::string>& facts, const std::optional<std::string>& model,
                               const std::optional<std::string>& input = {});

}  // namespace prunec::cli

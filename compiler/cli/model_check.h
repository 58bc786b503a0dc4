// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Plans against a model, through the runtime library.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compiler/cli/command.h"

namespace prunec::cli {

/// What the model's graph says against the plans; `source` is the rule file that they were lowered from. A finding that several plans
/// share is told once.
Diagnostics check_with_model(Environment& environment, const std::string& model, const std::vector<ConstraintPlan>& plans,
                             const std::shared_ptr<const SourceFile>& source, const std::vector<std::int64_t>& input = {});

}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The plan as a file: TOML that reads well, differs little when little changes, and reads back to the same value.
#pragma once

#include <memory>
#include <string>

#include "compiler/diag/outcome.h"
#include "compiler/plan/plan.h"

namespace prunec {

std::string write_plan(const ConstraintPlan& plan);

/// Refuses damaged files, unknown keys and other versions, with the line.
Outcome<ConstraintPlan> read_plan(std::shared_ptr<const SourceFile> source);

/// Whether the text looks like a plan of any version, damaged or not, so that overwriting it loses nothing that a compile cannot make
/// again.
bool looks_like_plan(std::string_view text);

}  // namespace prunec

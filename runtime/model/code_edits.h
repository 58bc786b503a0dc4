// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <torch/csrc/jit/api/module.h>

#include "compiler/diag/outcome.h"
#include "runtime/slice/edits.h"

namespace prunec {

/// Carries out the edits of arguments, splits and selections, in the graphs of the modules whose code they stand in. Functions that are
/// called are put into these graphs first, so that other callers keep them as they are; modules that share a class with others get one of
/// their own. `model` may come to be another object. Nothing else may have changed the code before: the places count on it. Error: P0704.
Diagnostics edit_code(torch::jit::Module& model, const Edits& edits);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <torch/csrc/jit/api/module.h>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// Takes modules out of the model: their calls, what only works on their results, and they themselves. What they made is left out of the
/// lists that are concatenated. `model` comes to be another object. Error: P0704 where something else would miss a result, and then the
/// model is spoiled.
///   paths: none inside another
Diagnostics remove_modules(torch::jit::Module& model, const std::vector<std::string>& paths);

}  // namespace prunec

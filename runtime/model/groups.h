// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <torch/csrc/jit/api/module.h>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/slice/edits.h"

namespace prunec {

/// Changes the number of groups of convolutions, in the graphs of the methods of the modules that hold them. Modules that share a class
/// with others get a class of their own first, so `model` may come to be another object. Error: P0704.
Diagnostics set_groups(torch::jit::Module& model, const std::vector<AttributeEdit>& edits);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <torch/csrc/jit/ir/ir.h>

namespace prunec {

/// Removes those of the operations whose results nobody uses, and then those that only they used.
void remove_unused(std::set<torch::jit::Node*> candidates);

}  // namespace prunec

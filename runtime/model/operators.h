// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operators that are no part of LibTorch, such as those that torchvision's detectors use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"

namespace prunec {

/// Sees to it that these operators ("torchvision::nms") are known: those of torchvision are looked for beside the LibTorch in use.
/// Error: P0520, which names `model`.
Diagnostics require_operators(const std::vector<std::string>& names, const std::string& model);

/// Loads libraries that register operators, as `torch.ops.load_library` does. The first that cannot be loaded is the error: P0819.
std::optional<Diagnostic> load_operators(const std::vector<std::string>& libraries);

}  // namespace prunec

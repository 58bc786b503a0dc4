// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What differs between two texts, as a unified diff.
#pragma once

#include <string>

namespace prunec {

/// Empty when the texts are equal.
std::string unified_diff(const std::string& path, const std::string& before, const std::string& after);

}  // namespace prunec

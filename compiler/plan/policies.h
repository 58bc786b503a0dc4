// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The policies by their names in the rule language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"

namespace prunec {

std::optional<Policy> policy_named(std::string_view name);

/// In the order of the language reference.
std::vector<std::string> policy_names();

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "runtime/infer/draft.h"

namespace prunec::infer {

/// The draft in the rule language, not yet in canonical layout.
///   model: names the model in the comment, as a file name
std::string rule_text(const RuleDraft& draft, const std::string& architecture, const std::string& model);

}  // namespace prunec::infer

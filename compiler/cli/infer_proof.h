// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A drafted rule file, held against the very graph that it was drafted from before anybody sees it.
#pragma once

#include <string>

#include "compiler/diag/outcome.h"
#include "runtime/facts/facts.h"
#include "runtime/infer/draft.h"

namespace prunec::cli {

struct InferredRules {
  std::string text;  ///< in canonical layout
  infer::RuleDraft draft;
};

/// Every strategy of the result was compiled and bound to the facts without an error. Where ties that can be written by hand do not
/// hold, the strategy takes the graph's and says why in a comment. Error: P0603 when no channel can be removed.
Outcome<InferredRules> infer_rules(const ModelFacts& facts, const std::string& architecture);

/// The same from a draft, which may be wrong.
Outcome<InferredRules> prove_rules(infer::RuleDraft draft, const ModelFacts& facts, const std::string& architecture);

}  // namespace prunec::cli

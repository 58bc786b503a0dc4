// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/outcome.h"
#include "runtime/facts/facts.h"

namespace prunec {

/// The version of the facts file. A file of another version is refused: facts are made anew in a second.
inline constexpr int kFactsVersion = 4;

/// JSON, a line per norm, axis, coupling and so on. Same facts, same bytes.
std::string write_facts(const ModelFacts& facts);

/// Gives back what was written. Everything is checked, so that whoever binds rules to it may index without looking. `path` is for
/// messages. Errors: P0551, P0552.
Outcome<ModelFacts> read_facts(const std::string& path, std::string_view text);

}  // namespace prunec

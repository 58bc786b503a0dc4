// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the grammar lets stand at a place of a text, read off the generated parser's own automaton: a statement that is added to the
/// grammar is known here too.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "compiler/source/source_file.h"

namespace prunec {

/// A kind of word, by the grammar's names of rules: a `policy` in `by`, a `name` in `strategyHead`.
struct WordRole {
  std::string rule;
  std::string parent;

  friend bool operator==(const WordRole&, const WordRole&) = default;
};

/// What may stand at one place.
struct Continuations {
  std::vector<std::string> keywords;
  std::vector<WordRole> roles;
};

/// What may follow the words that end at or before `offset`. A mistake among them ends its statement, and the next one counts.
Continuations continuations_at(const std::shared_ptr<const SourceFile>& source, std::size_t offset);

/// The kinds of words that the grammar has, each once: the rules that stand for a single word.
std::vector<std::string> word_rules();

}  // namespace prunec

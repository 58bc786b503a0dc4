// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Brings in the files that a rule file uses, and those that these use. Private to compiler/check.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/check.h"

namespace prunec::checks {

/// A file with everything there is to say about it.
struct Judged {
  CheckedRules rules;
  Diagnostics diagnostics;
  bool good = true;  ///< without errors
};

class Imports {
 public:
  explicit Imports(const RuleLibrary& library) : library_(library) {}

  /// A file whose own imports come next. The way through the files is kept, so that a cycle is seen.
  void enter(const std::string& path) { way_.push_back(path); }

  /// Fills `rules.imports`. Returns the errors by the offset of the `use` that they belong to.
  std::vector<std::pair<std::size_t, Diagnostics>> load(CheckedRules& rules);

 private:
  Diagnostics load_one(CheckedRules& rules, const ast::Use& use, Import& import);
  Diagnostics judge_file(const std::shared_ptr<const SourceFile>& source, const SourceRange& used_at, Import& import);

  const RuleLibrary& library_;
  std::vector<std::string> way_;
  /// Each file is judged once. Null: it has errors, which are told at its first use only.
  std::map<std::string, std::shared_ptr<const CheckedRules>> judged_;
};

/// Defined in check.cpp.
Judged judge(Parsed parsed, Imports& imports);

}  // namespace prunec::checks

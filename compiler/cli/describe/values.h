// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What a shell can offer for a value, by the word that stands for it in `--help`.
#pragma once

#include <string>
#include <vector>

#include "compiler/cli/describe/description.h"

namespace prunec::cli {

struct Candidates {
  std::vector<std::string> words;  ///< the value is one of these
  bool files = false;
  std::string ending;            ///< of the files, such as ".pt"; empty: any
  bool installed_rules = false;  ///< the names that `prunec completion --rules` prints
};

/// `text|json` are words, `RULES` is a rule file or installed rules, `R.json` is a file with that ending, `SHAPE` is anyone's guess.
Candidates candidates_for(const std::string& value);

/// The warnings that `-W` takes, each with `no-` and `error=` in front too, and `error`.
std::vector<std::string> warning_switches();

}  // namespace prunec::cli

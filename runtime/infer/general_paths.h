// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "compiler/plan/path_pattern.h"

namespace prunec::infer {

/// A module path with captures in place of the numbers that count repeated parts, such as `layer{stage}.{block}.bn1`.
struct GeneralPath {
  PathPattern pattern;
  Labels labels;      ///< what the captures hold in this path
  std::string block;  ///< the path up to its last count: the repeated part that it lies in; empty: it lies in none
  std::string part;   ///< the letters of the component that holds the last count; may be empty
  std::string tail;   ///< what lies behind that component; the whole path when nothing is counted
};

std::vector<GeneralPath> generalise(const std::vector<std::string>& paths);

}  // namespace prunec::infer

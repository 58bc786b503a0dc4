// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The smallest nodes of the syntax tree: words, numbers, patterns and uses of sites.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/path_pattern.h"
#include "compiler/source/source_file.h"

namespace prunec::ast {

/// Where a node was written. All extents are equal, which is what makes node equality blind to them.
struct Extent : Span {
  friend bool operator==(const Extent&, const Extent&) { return true; }
};

/// A name, a label, a policy or a text, as written.
struct Word {
  std::string text;
  Extent at;

  friend bool operator==(const Word&, const Word&) = default;
};

struct WholeNumber {
  std::size_t value = 0;
  Extent at;

  friend bool operator==(const WholeNumber&, const WholeNumber&) = default;
};

struct Number {
  double value = 0;
  Extent at;

  friend bool operator==(const Number&, const Number&) = default;
};

/// `40%`.
struct Percent {
  double value = 0;
  Extent at;  ///< without the sign

  friend bool operator==(const Percent&, const Percent&) = default;
};

struct Pattern {
  PathPattern pattern;
  Extent at;

  friend bool operator==(const Pattern&, const Pattern&) = default;
};

/// `stage=4` inside the brackets of a use.
struct Filter {
  Word label;
  CaptureRange values;
  Extent at;

  friend bool operator==(const Filter&, const Filter&) = default;
};

/// `bn2[stage=4]`, or a path in place of the name. `path` is set when the word has a dot, a star or a capture: then it is a path, unless
/// it names a site of a file that is used (`resnet50.bn1`).
struct SiteUse {
  Word name;
  std::optional<PathPattern> path;
  std::vector<Filter> filters;
  Extent at;

  friend bool operator==(const SiteUse&, const SiteUse&) = default;
};

}  // namespace prunec::ast

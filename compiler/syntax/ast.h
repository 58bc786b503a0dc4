// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The syntax tree of a rule file: what was written, nothing looked up. Every node has a span; equality ignores spans, so that two
/// texts with the same meaning compare equal.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/path_pattern.h"
#include "compiler/plan/plan.h"
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

/// `bn2[stage=4]`, or a path in place of the name. `path` is set when the word can only be a path.
struct SiteUse {
  Word name;
  std::optional<PathPattern> path;
  std::vector<Filter> filters;
  Extent at;

  friend bool operator==(const SiteUse&, const SiteUse&) = default;
};

struct Prune {
  std::vector<SiteUse> sites;
  Extent at;

  friend bool operator==(const Prune&, const Prune&) = default;
};

struct Skip {
  std::vector<SiteUse> sites;
  Extent at;

  friend bool operator==(const Skip&, const Skip&) = default;
};

struct SkipEnd {
  End end = End::kFirst;
  WholeNumber count;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const SkipEnd&, const SkipEnd&) = default;
};

struct Tie {
  std::vector<SiteUse> sites;
  std::vector<Word> across;
  std::optional<Word> policy;
  std::vector<SiteUse> carrying;
  Extent at;

  friend bool operator==(const Tie&, const Tie&) = default;
};

struct Divisible {
  WholeNumber multiple;
  std::optional<Rounding> rounding;
  std::vector<SiteUse> of;
  Extent at;

  friend bool operator==(const Divisible&, const Divisible&) = default;
};

struct Ratio {
  Number percent;
  Extent at;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

struct Threshold {
  Number value;
  Extent at;

  friend bool operator==(const Threshold&, const Threshold&) = default;
};

using Statement = std::variant<Prune, Skip, SkipEnd, Tie, Divisible, Ratio, Threshold>;

/// `where label = value` behind a site's patterns.
struct LabelValue {
  Word label;
  Word value;

  friend bool operator==(const LabelValue&, const LabelValue&) = default;
};

struct SiteDeclaration {
  Word name;
  std::vector<Pattern> patterns;
  std::vector<LabelValue> where;
  Extent at;

  friend bool operator==(const SiteDeclaration&, const SiteDeclaration&) = default;
};

struct Strategy {
  Word name;
  std::optional<Word> description;
  std::optional<Word> parent;
  std::vector<Statement> statements;
  Extent at;      ///< the head, up to the `{`
  Extent braces;  ///< from the `{` to the `}`

  friend bool operator==(const Strategy&, const Strategy&) = default;
};

/// `default strategy all`.
struct DefaultStrategy {
  Word name;
  Extent at;

  friend bool operator==(const DefaultStrategy&, const DefaultStrategy&) = default;
};

using Item = std::variant<SiteDeclaration, Strategy, DefaultStrategy>;

struct RuleFile {
  WholeNumber version;
  Word architecture;
  std::vector<Item> items;   ///< in the order of the file
  Extent version_line;       ///< `prunec 1`
  Extent architecture_line;  ///< `architecture resnet18`
  std::shared_ptr<const SourceFile> source;

  /// The source is where the nodes lie, so it takes no part, like the extents.
  friend bool operator==(const RuleFile& a, const RuleFile& b) {
    return a.version == b.version && a.architecture == b.architecture && a.items == b.items;
  }
};

/// The place of a node for diagnostics.
inline SourceRange range_of(const RuleFile& file, const Extent& at) {
  return {file.source, at};
}

const Extent& extent_of(const Statement& statement);

/// From the first word of the item to its last sign.
Extent extent_of(const Item& item);

/// An indented text of the whole tree without spans, stable for golden tests.
std::string dump(const RuleFile& file);

}  // namespace prunec::ast

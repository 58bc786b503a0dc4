// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The syntax tree of a rule file: what was written, nothing looked up. Every node has a span; equality ignores spans, so that two
/// texts with the same meaning compare equal.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source_file.h"
#include "compiler/syntax/ast_statements.h"
#include "compiler/syntax/ast_words.h"

namespace prunec::ast {

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

/// `layout timm { site ... }`: the same sites under other module names.
struct Layout {
  Word name;
  std::vector<SiteDeclaration> sites;
  Extent at;      ///< the head, up to the `{`
  Extent braces;  ///< from the `{` to the `}`

  friend bool operator==(const Layout&, const Layout&) = default;
};

/// `use "resnet50.prune" under backbone.body as resnet50`.
struct Use {
  Word file;                     ///< without the quotes; the extent has them
  std::optional<Pattern> under;  ///< the module that the file's paths begin at
  std::optional<Word> name;      ///< else the file's stem
  Extent at;

  friend bool operator==(const Use&, const Use&) = default;
};

struct Strategy {
  Word name;
  std::optional<Word> description;
  std::optional<Word> parent;  ///< may lie in a file that is used: `resnet50.inner`
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

using Item = std::variant<Use, SiteDeclaration, Layout, Strategy, DefaultStrategy>;

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

/// From the first word of the item to its last sign.
Extent extent_of(const Item& item);

/// An indented text of the whole tree without spans, stable for golden tests.
std::string dump(const RuleFile& file);

}  // namespace prunec::ast

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The parts that many items and statements have: names, numbers, uses of sites. Every function gives nothing for a part with a
/// mistake; the mistake has been reported then. Private to compiler/syntax.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/mistakes.h"
#include "compiler/syntax/tokens.h"

namespace antlr4 {
class ParserRuleContext;
}

namespace prunec::syntax {

using Context = antlr4::ParserRuleContext;

class Parts {
 public:
  Parts(Mistakes& mistakes, const OffsetMap& offsets) : mistakes_(mistakes), offsets_(offsets) {}

  Mistakes& mistakes() const { return mistakes_; }
  const OffsetMap& offsets() const { return offsets_; }

  /// Whether the parser found a mistake in it, or did not find it at all.
  static bool failed(const Context* context);

  Span span_of(Context& context) const;
  ast::Extent extent_of(Context& context) const { return ast::Extent{span_of(context)}; }

  std::optional<ast::Word> name(Context* context) const;
  /// A name, or one in a file that is used: `resnet50.inner`.
  std::optional<ast::Word> reference(Context* context) const;
  /// What a label is set to.
  std::optional<ast::Word> single_value(Context* context) const;
  std::optional<ast::Pattern> pattern(Context* context) const;
  std::optional<ast::WholeNumber> whole_number(Context* context) const;
  std::optional<ast::Number> number(Context* context) const;
  /// Of the number before a `%`.
  std::optional<ast::Percent> percent(Context* context) const;

  /// The one of `choices` that the word names; `after` completes "expected ... after".
  template <typename Enum>
  std::optional<Enum> choice(Context* context, const std::vector<Enum>& choices, const std::string& after) const {
    std::vector<std::string> names;
    for (const Enum one : choices) names.emplace_back(to_string(one));
    const auto index = index_of_choice(context, names, after);
    return index ? std::optional(choices[*index]) : std::nullopt;
  }
  std::optional<std::size_t> index_of_choice(Context* context, const std::vector<std::string>& names, const std::string& after) const;

  /// Of the grammar's rule `sites`.
  std::optional<std::vector<ast::SiteUse>> sites(Context* context) const;
  /// The same for a clause that may be left out: nothing is an empty list.
  std::optional<std::vector<ast::SiteUse>> optional_sites(Context* context) const;

  /// False, with a mistake, when the clause was `seen` already.
  bool once(bool& seen, std::string_view clause, Context& context) const;

 private:
  std::optional<ast::SiteUse> site_use(Context& context) const;
  std::optional<ast::Filter> filter(Context& context) const;

  Mistakes& mistakes_;
  const OffsetMap& offsets_;
};

}  // namespace prunec::syntax

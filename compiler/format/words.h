// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The canonical text of single nodes, without comments and line breaks.
#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/ast.h"

namespace prunec::format {

/// A node as words that stay whole. A line may end behind those that end with a comma.
using Words = std::vector<std::string>;

Words words_of(const ast::Statement& statement, const SourceFile& source);
Words words_of(const ast::DefaultStrategy& choice);
Words words_of(const ast::Use& use);
/// `layout timm {`.
Words head_of(const ast::Layout& layout);
/// `strategy all "text" extends base {`.
Words head_of(const ast::Strategy& strategy);
/// The patterns of a site, separated by commas.
Words patterns_of(const ast::SiteDeclaration& site);
/// `where stage = 1`, or nothing.
Words where_of(const ast::SiteDeclaration& site);

std::string joined(const Words& words);

/// The words on as few lines as the width allows; further lines begin in `column`.
std::string wrapped(const Words& words, std::size_t first_column, std::size_t column);

/// Lines are wrapped here.
inline constexpr std::size_t kWidth = 110;

}  // namespace prunec::format

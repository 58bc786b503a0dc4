// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The word at a place and what it stands for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/lsp/document.h"
#include "compiler/syntax/continuations.h"
#include "compiler/syntax/lexemes.h"

namespace prunec::lsp {

struct WordAt {
  Lexeme lexeme;
  std::string text;
  std::vector<WordRole> roles;  ///< what the grammar takes a word for here; empty for a keyword
  std::string before;           ///< the text of the word or sign before it
};

/// The keyword or word that the place touches.
std::optional<WordAt> word_at(const View& view, std::size_t offset);

/// Whether the roles, of a word behind `before`, say that it names a site, or a strategy that is declared elsewhere.
bool names_site(const std::vector<WordRole>& roles);
bool names_strategy(const std::vector<WordRole>& roles, const std::string& before);
bool names_label(const std::vector<WordRole>& roles);

const ast::SiteDeclaration* find_site(const ast::RuleFile& file, const std::string& name);
const ast::Strategy* find_strategy(const ast::RuleFile& file, const std::string& name);

/// The labels of a site: those that its patterns capture, and those of its `where`.
std::vector<std::string> labels_of(const ast::SiteDeclaration& site);

}  // namespace prunec::lsp

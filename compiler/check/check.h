// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The checks that need no model: names, labels, numbers, and rules against rules.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/rule_library.h"
#include "compiler/diag/outcome.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/parse.h"

namespace prunec {

struct CheckedRules;

/// A file that another one uses.
struct Import {
  std::string name;                           ///< what its sites and strategies are found behind: `resnet50` in `resnet50.inner`
  PathPattern under;                          ///< goes before each of its paths; may be empty
  ast::Extent at;                             ///< of the `use`
  std::shared_ptr<const CheckedRules> rules;  ///< null when it is not there or has mistakes, which have been reported
};

/// A rule file with the files that it uses. Indices point into `file.items`, to the first of equal names. When it was checked without
/// an error, all its names lead somewhere.
struct CheckedRules {
  ast::RuleFile file;
  std::map<std::string, std::size_t, std::less<>> sites;
  std::map<std::string, std::size_t, std::less<>> strategies;
  std::vector<std::string> strategy_names;       ///< of its own, in the order of the file
  std::string default_strategy;                  ///< declared, else the first; empty when there is no strategy; may be `resnet50.all`
  std::vector<Import> imports;                   ///< in the order of the file
  bool all_sites = true, all_strategies = true;  ///< false: a mistake in the text may have hidden some

  /// Null when there is none of this name in the file itself.
  const ast::SiteDeclaration* site(std::string_view name) const;
  const ast::Strategy* strategy(std::string_view name) const;
  const Import* import_named(std::string_view name) const;
  /// Its own and, behind the names of their files, those that it uses; of thousands, the first ones.
  std::vector<std::string> all_strategy_names() const;
};

/// A rule file as seen from the one that is compiled: itself, or through one or more `use`.
struct Scope {
  const CheckedRules* rules = nullptr;
  std::string prefix;  ///< of its names: empty, `resnet50.`, `detector.resnet50.`
  PathPattern under;   ///< of its paths
};

struct FoundSite {
  const ast::SiteDeclaration* site;
  Scope scope;  ///< where it is declared

  std::string name() const { return scope.prefix + site->name.text; }
};
struct FoundStrategy {
  const ast::Strategy* strategy;
  Scope scope;

  std::string name() const { return scope.prefix + strategy->name.text; }
};

/// The scope of an import of `from`.
Scope inside(const Scope& from, const Import& import);

/// Whether the use names a site by its form: a single word, or a word behind the name of a file that is used. Else it is a path.
bool is_name(const CheckedRules& rules, const ast::SiteUse& use);

/// Nothing for a path and for a name that leads nowhere.
std::optional<FoundSite> find_site(const Scope& from, const ast::SiteUse& use);
std::optional<FoundStrategy> find_strategy(const Scope& from, std::string_view name);

/// The path with its module before it.
PathPattern below(const PathPattern& under, const PathPattern& path);

/// A strategy may have that many ancestors; what builds upon more is a mistake, and what lies beyond is not looked at.
inline constexpr std::size_t kMostAncestors = 64;

/// The strategy behind its ancestors, the furthest first; a cycle or an unknown parent ends it. Empty for an unknown name.
std::vector<FoundStrategy> lineage(const Scope& from, std::string_view name);

/// A statement of a strategy or of one of its ancestors.
struct Inherited {
  const ast::Statement* statement;
  Scope scope;
  bool own;  ///< of the strategy itself
};

/// All that a strategy consists of, the furthest ancestor's statements first. Where a child replaces what its ancestor has (the amount,
/// the rank, the score, how shuffles or all groups survive, what the graph ties), only the child's is among them.
std::vector<Inherited> statements_of(const Scope& from, std::string_view strategy);

/// Whether the later one takes the place of the earlier one when a child says it; in one strategy they are a repetition.
bool replaces(const ast::Statement& later, const ast::Statement& earlier);

/// The strategies that make up `strategy`, the sites with their labels: stable, for people.
std::string dump(const CheckedRules& rules, std::string_view strategy);

/// The file itself, then those that it uses, each once.
std::vector<std::shared_ptr<const SourceFile>> sources_of(const CheckedRules& rules);

/// What tells one state of the rules from another: of the file's bytes, and of those of all files that it uses.
std::string sha256_of(const CheckedRules& rules);

/// Judges a file without syntax errors that uses no other.
Outcome<CheckedRules> check(ast::RuleFile file);

/// Parses and judges. With syntax errors, what was understood is judged too, so that one run tells of all the mistakes. Mistakes in a
/// file that is used are told at their own place, with a note at the `use`; its warnings are not told.
Outcome<CheckedRules> parse_and_check(std::shared_ptr<const SourceFile> source, const RuleLibrary& library = NoLibrary());

}  // namespace prunec

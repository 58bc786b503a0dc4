// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/check/check.h"

namespace prunec {
namespace {

bool is_amount(const ast::Statement& statement) {
  return std::holds_alternative<ast::Ratio>(statement) || std::holds_alternative<ast::Threshold>(statement) ||
         std::holds_alternative<ast::Budget>(statement);
}

bool is_setting(const ast::Statement& statement) {
  const auto* groups = std::get_if<ast::Groups>(&statement);
  return is_amount(statement) || std::holds_alternative<ast::Rank>(statement) || std::holds_alternative<ast::Score>(statement) ||
         std::holds_alternative<ast::Shuffles>(statement) || std::holds_alternative<ast::TieFromGraph>(statement) ||
         (groups != nullptr && groups->of.empty());
}

}  // namespace

std::vector<FoundStrategy> lineage(const Scope& from, std::string_view name) {
  std::vector<FoundStrategy> line;
  std::set<const ast::Strategy*> seen;
  auto next = find_strategy(from, name);
  while (next && line.size() < kMostAncestors + 2 && seen.insert(next->strategy).second) {
    line.push_back(*next);
    if (!next->strategy->parent) break;
    next = find_strategy(line.back().scope, line.back().strategy->parent->text);
  }
  std::reverse(line.begin(), line.end());
  return line;
}

bool replaces(const ast::Statement& later, const ast::Statement& earlier) {
  if (!is_setting(later) || !is_setting(earlier)) return false;
  return is_amount(later) ? is_amount(earlier) : later.index() == earlier.index();
}

std::vector<Inherited> statements_of(const Scope& from, std::string_view strategy) {
  std::vector<Inherited> all;
  const auto line = lineage(from, strategy);
  for (const FoundStrategy& member : line) {
    const std::size_t inherited = all.size();
    for (const ast::Statement& statement : member.strategy->statements) {
      for (std::size_t i = 0; is_setting(statement) && i < inherited; ++i) {
        if (all[i].statement != nullptr && replaces(statement, *all[i].statement)) all[i].statement = nullptr;
      }
      all.push_back({&statement, member.scope, &member == &line.back()});
    }
  }
  std::erase_if(all, [](const Inherited& one) { return one.statement == nullptr; });
  return all;
}

}  // namespace prunec

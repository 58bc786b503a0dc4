// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <utility>

#include "compiler/syntax/build_statement.h"

namespace prunec::syntax {
namespace {

using Grammar = prunec_grammar::PruneParser;

/// The clauses that say who decides and who follows, each at most once.
class VoteClauses {
 public:
  VoteClauses(const Parts& parts, std::optional<ast::Word>& policy, std::vector<ast::SiteUse>& carrying)
      : parts_(parts), policy_(policy), carrying_(carrying) {}

  bool by(Grammar::ByContext& context) {
    policy_ = parts_.name(context.policy());
    return parts_.once(has_policy_, "by", context) && policy_ && !Parts::failed(&context);
  }

  bool carrying(Grammar::CarryingContext& context) {
    auto uses = parts_.sites(context.sites());
    const bool good = parts_.once(has_carrying_, "carrying", context) && uses && !Parts::failed(&context);
    if (uses) carrying_ = std::move(*uses);
    return good;
  }

 private:
  const Parts& parts_;
  std::optional<ast::Word>& policy_;
  std::vector<ast::SiteUse>& carrying_;
  bool has_policy_ = false, has_carrying_ = false;
};

bool tie_labels(const Parts& parts, Grammar::AcrossContext& context, ast::Tie& tie) {
  bool good = !Parts::failed(&context);
  for (auto* part : context.label()) {
    auto label = parts.name(part);
    good = good && label;
    if (label) tie.across.push_back(std::move(*label));
  }
  return good;
}

std::optional<ast::Statement> tie_from_graph(const Parts& parts, Grammar::TieContext& context) {
  auto& graph = *context.fromGraph();
  ast::TieFromGraph tie;
  tie.at = parts.extent_of(context);
  bool good = !Parts::failed(&context) && !Parts::failed(&graph);
  if (auto* by = graph.by()) {
    tie.policy = parts.name(by->policy());
    good = good && tie.policy;
  }
  return good ? std::optional<ast::Statement>(std::move(tie)) : std::nullopt;
}

std::optional<ast::Statement> tie(const Parts& parts, Grammar::TieContext& context) {
  if (context.fromGraph() != nullptr) return tie_from_graph(parts, context);
  ast::Tie tie;
  tie.at = parts.extent_of(context);
  auto list = parts.sites(context.sites());
  bool good = !Parts::failed(&context) && list;
  if (list) tie.sites = std::move(*list);
  bool across = false, unrelated = false;
  VoteClauses votes(parts, tie.policy, tie.carrying);
  for (auto* clause : context.tieClause()) {
    if (auto* labels = clause->across()) {
      good = parts.once(across, "across", *labels) && tie_labels(parts, *labels, tie) && good;
    } else if (auto* policy = clause->by()) {
      good = votes.by(*policy) && good;
    } else if (auto* carried = clause->carrying()) {
      good = votes.carrying(*carried) && good;
    } else if (auto* meant = clause->unrelated()) {
      tie.even_if_unrelated = true;
      good = parts.once(unrelated, "even if unrelated", *meant) && !Parts::failed(meant) && good;
    } else {
      good = false;
    }
  }
  return good ? std::optional<ast::Statement>(std::move(tie)) : std::nullopt;
}

std::optional<ast::Statement> concat_propagate(const Parts& parts, Grammar::ConcatPropagateContext& context) {
  ast::ConcatPropagate propagate;
  propagate.at = parts.extent_of(context);
  auto list = parts.optional_sites(context.sites());
  bool good = !Parts::failed(&context) && list;
  if (list) propagate.sites = std::move(*list);
  VoteClauses votes(parts, propagate.policy, propagate.carrying);
  for (auto* clause : context.concatClause()) {
    if (auto* policy = clause->by()) {
      good = votes.by(*policy) && good;
    } else if (auto* carried = clause->carrying()) {
      good = votes.carrying(*carried) && good;
    } else {
      good = false;
    }
  }
  return good ? std::optional<ast::Statement>(std::move(propagate)) : std::nullopt;
}

std::optional<ast::Statement> concat_select(const Parts& parts, Grammar::ConcatSelectContext& context) {
  auto list = parts.sites(context.sites());
  if (Parts::failed(&context) || !list) return std::nullopt;
  return ast::ConcatSelect{std::move(*list), parts.extent_of(context)};
}

std::optional<ast::Statement> groups(const Parts& parts, Grammar::GroupsContext& context) {
  const auto rule = parts.choice(context.groupRule(), std::vector{GroupRule::kKeep, GroupRule::kDrop}, "groups");
  auto of = parts.optional_sites(context.sites());
  if (Parts::failed(&context) || !rule || !of) return std::nullopt;
  return ast::Groups{*rule, std::move(*of), parts.extent_of(context)};
}

std::optional<ast::Statement> shuffles(const Parts& parts, Grammar::ShufflesContext& context) {
  const auto rule = parts.choice(context.shuffleRule(), std::vector{ShuffleRule::kKeep, ShuffleRule::kSelect}, "shuffles");
  if (Parts::failed(&context) || !rule) return std::nullopt;
  return ast::Shuffles{*rule, parts.extent_of(context)};
}

}  // namespace

std::optional<ast::Statement> build_coupling(const Parts& parts, Context& context) {
  if (auto* written = dynamic_cast<Grammar::TieContext*>(&context)) return tie(parts, *written);
  if (auto* written = dynamic_cast<Grammar::ConcatPropagateContext*>(&context)) return concat_propagate(parts, *written);
  if (auto* written = dynamic_cast<Grammar::ConcatSelectContext*>(&context)) return concat_select(parts, *written);
  if (auto* written = dynamic_cast<Grammar::GroupsContext*>(&context)) return groups(parts, *written);
  return shuffles(parts, dynamic_cast<Grammar::ShufflesContext&>(context));
}

}  // namespace prunec::syntax

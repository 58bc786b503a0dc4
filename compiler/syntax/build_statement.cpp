// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/build_statement.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <utility>

namespace prunec::syntax {
namespace {

using Grammar = prunec_grammar::PruneParser;

std::optional<ast::Statement> prune(const Parts& parts, Grammar::PruneContext& context) {
  auto list = parts.sites(context.sites());
  if (Parts::failed(&context) || !list) return std::nullopt;
  return ast::Prune{std::move(*list), parts.extent_of(context)};
}

std::optional<ast::Statement> skip(const Parts& parts, Grammar::SkipContext& context) {
  if (context.end() == nullptr) {
    auto list = parts.sites(context.sites());
    if (Parts::failed(&context) || !list) return std::nullopt;
    return ast::Skip{std::move(*list), parts.extent_of(context)};
  }
  auto count = parts.whole_number(context.wholeNumber());
  auto of = parts.optional_sites(context.sites());
  if (Parts::failed(&context) || !count || !of) return std::nullopt;
  const End end = context.end()->KW_FIRST() != nullptr ? End::kFirst : End::kLast;
  return ast::SkipEnd{end, *count, std::move(*of), parts.extent_of(context)};
}

}  // namespace

std::optional<ast::Statement> build_statement(const Parts& parts, Context& context) {
  auto& statement = dynamic_cast<Grammar::StatementContext&>(context);
  if (auto* written = statement.prune()) return prune(parts, *written);
  if (auto* written = statement.skip()) return skip(parts, *written);
  for (auto* written : {static_cast<Context*>(statement.tie()), static_cast<Context*>(statement.concatPropagate()),
                        static_cast<Context*>(statement.concatSelect()), static_cast<Context*>(statement.groups()),
                        static_cast<Context*>(statement.shuffles())}) {
    if (written != nullptr) return build_coupling(parts, *written);
  }
  for (auto* written : {static_cast<Context*>(statement.divisible()), static_cast<Context*>(statement.keepAtLeast()),
                        static_cast<Context*>(statement.removeAtMost())}) {
    if (written != nullptr) return build_width(parts, *written);
  }
  for (auto* written :
       {static_cast<Context*>(statement.ratio()), static_cast<Context*>(statement.threshold()), static_cast<Context*>(statement.budget()),
        static_cast<Context*>(statement.rank()), static_cast<Context*>(statement.score())}) {
    if (written != nullptr) return build_amount(parts, *written);
  }
  return std::nullopt;
}

}  // namespace prunec::syntax

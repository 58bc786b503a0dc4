// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/build.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <optional>
#include <utility>

#include "compiler/syntax/build_parts.h"
#include "compiler/syntax/build_statement.h"
#include "compiler/syntax/header.h"
#include "compiler/syntax/stray.h"
#include "compiler/syntax/values.h"

namespace prunec::syntax {
namespace {

using Grammar = prunec_grammar::PruneParser;

/// The items of a file. Every function gives nothing for a part with a mistake; the mistake has been reported then.
class Builder {
 public:
  Builder(Mistakes& mistakes, const OffsetMap& offsets, Parsed& result)
      : mistakes_(mistakes), offsets_(offsets), parts_(mistakes, offsets), header_(parts_, result.file), result_(result) {}

  void build(Grammar::FileContext& file) {
    StrayReporter stray(mistakes_, offsets_, Scope::kFile);
    for (auto* part : file.item()) {
      if (auto* text = part->strayItem()) {
        // What is not understood may have been meant as anything.
        result_.all_sites = result_.all_strategies = false;
        stray.add(*text->getStart());
        continue;
      }
      stray.end_of(part->getStop());
      item(*part);
    }
    const std::size_t first_end = file.item().empty() ? 0 : parts_.span_of(*file.item().front()).end;
    header_.finish(first_end);
  }

 private:
  void item(Grammar::ItemContext& context) {
    if (auto* version = context.version()) return header_.version(*version, version->versionNumber());
    if (auto* architecture = context.architecture()) return header_.architecture(*architecture, architecture->name());
    header_.seen_item();
    if (auto* written = context.use()) {
      // A file that is not found may hold any site and any strategy, but their names begin with that of the file.
      add_item(use(*written), result_.all_sites);
    } else if (auto* site_item = context.site()) {
      add_item(site(*site_item), result_.all_sites);
    } else if (auto* layout_item = context.layout()) {
      bool ignored = true;
      add_item(layout(*layout_item), ignored);
    } else if (auto* strategy_item = context.strategy()) {
      add_item(strategy(*strategy_item), result_.all_strategies);
    } else if (auto* choice = context.defaultStrategy()) {
      bool ignored = true;
      add_item(default_strategy(*choice), ignored);
    }
  }

  template <typename T>
  void add_item(std::optional<T> item, bool& complete) {
    if (item) {
      result_.file.items.emplace_back(std::move(*item));
    } else {
      complete = false;
    }
  }

  std::optional<ast::Use> use(Grammar::UseContext& context) {
    ast::Use use;
    use.at = parts_.extent_of(context);
    bool good = !Parts::failed(&context) && !Parts::failed(context.fileName());
    good = good && !mistakes_.any_at(parts_.span_of(*context.fileName()).begin);
    if (good) use.file = read_text(mistakes_, parts_.span_of(*context.fileName()));
    bool under = false, as = false;
    for (auto* clause : context.useClause()) {
      if (clause->KW_AS() != nullptr) {
        use.name = parts_.name(clause->name());
        good = parts_.once(as, "as", *clause) && use.name && good;
      } else {
        use.under = Parts::failed(clause->path()) ? std::nullopt : read_module(mistakes_, parts_.span_of(*clause->path()));
        good = parts_.once(under, "under", *clause) && use.under && good;
      }
    }
    if (good) return use;
    result_.all_strategies = false;
    return std::nullopt;
  }

  std::optional<ast::SiteDeclaration> site(Grammar::SiteContext& context) {
    bool good = !Parts::failed(&context);
    ast::SiteDeclaration site;
    site.at = parts_.extent_of(context);
    if (auto word = parts_.name(context.name())) {
      site.name = std::move(*word);
    } else {
      good = false;
    }
    for (auto* part : context.pattern()) {
      auto pattern = parts_.pattern(part);
      good = good && pattern;
      if (pattern) site.patterns.push_back(std::move(*pattern));
    }
    for (auto* part : context.labelValue()) {
      auto label = parts_.name(part->label());
      auto value = parts_.single_value(part->value());
      good = good && label && value;
      if (label && value) site.where.push_back({std::move(*label), std::move(*value)});
    }
    return good ? std::optional(std::move(site)) : std::nullopt;
  }

  std::optional<ast::Layout> layout(Grammar::LayoutContext& context) {
    auto* head = context.layoutHead();
    ast::Layout layout;
    layout.at = parts_.extent_of(*head);
    layout.braces = ast::Extent{{layout.at.end, parts_.span_of(context).end}};
    auto word = parts_.name(head->name());
    const bool good = !Parts::failed(head) && word;
    if (word) layout.name = std::move(*word);
    StrayReporter stray(mistakes_, offsets_, Scope::kLayout);
    for (auto* part : context.layoutPart()) {
      if (auto* text = part->strayPart()) {
        stray.add(*text->getStart());
        continue;
      }
      stray.end_of(part->getStop());
      if (auto built = part->site() == nullptr ? std::nullopt : site(*part->site())) layout.sites.push_back(std::move(*built));
    }
    return good ? std::optional(std::move(layout)) : std::nullopt;
  }

  std::optional<ast::DefaultStrategy> default_strategy(Grammar::DefaultStrategyContext& context) {
    auto word = parts_.reference(context.reference());
    if (Parts::failed(&context) || !word) return std::nullopt;
    return ast::DefaultStrategy{std::move(*word), parts_.extent_of(context)};
  }

  /// A strategy whose name is known stays, even with mistakes in its statements: others may extend it.
  std::optional<ast::Strategy> strategy(Grammar::StrategyContext& context) {
    auto* head = context.strategyHead();
    ast::Strategy strategy;
    strategy.at = parts_.extent_of(*head);
    strategy.braces = ast::Extent{{strategy.at.end, parts_.span_of(context).end}};
    bool good = !Parts::failed(head);
    if (auto word = parts_.name(head->name())) {
      strategy.name = std::move(*word);
    } else {
      good = false;
    }
    if (auto* text = head->STRING()) strategy.description = read_text(mistakes_, offsets_.span_of(*text->getSymbol()));
    if (head->reference() != nullptr) {
      strategy.parent = parts_.reference(head->reference());
      good = good && strategy.parent;
    }
    statements(context, strategy);
    return good ? std::optional(std::move(strategy)) : std::nullopt;
  }

  void statements(Grammar::StrategyContext& context, ast::Strategy& strategy) {
    StrayReporter stray(mistakes_, offsets_, Scope::kStrategy);
    const auto parts = context.statement();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (auto* text = parts[i]->strayStatement()) {
        stray.add(*text->getStart());
        continue;
      }
      stray.end_of(parts[i]->getStop());
      auto built = build_statement(parts_, *parts[i]);
      // With text behind it on its line, it was meant as something else.
      const bool whole = i + 1 == parts.size() || parts[i + 1]->strayStatement() == nullptr ||
                         parts[i + 1]->getStart()->getLine() != parts[i]->getStop()->getLine();
      if (built && whole) strategy.statements.push_back(std::move(*built));
    }
  }

  Mistakes& mistakes_;
  const OffsetMap& offsets_;
  Parts parts_;
  HeaderBuilder header_;
  Parsed& result_;
};

}  // namespace

void build_tree(antlr4::ParserRuleContext& tree, Mistakes& mistakes, const OffsetMap& offsets, Parsed& result) {
  Builder(mistakes, offsets, result).build(dynamic_cast<Grammar::FileContext&>(tree));
}

}  // namespace prunec::syntax

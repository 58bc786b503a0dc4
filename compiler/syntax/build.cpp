// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/build.h"

#include <PruneParser.h>
#include <antlr4-runtime.h>
#include <optional>
#include <utility>

#include "compiler/syntax/stray.h"
#include "compiler/syntax/values.h"

namespace prunec::syntax {
namespace {

using Grammar = prunec_grammar::PruneParser;

/// Every function gives nothing for a part with a mistake; the mistake has been reported then.
class Builder {
 public:
  Builder(Mistakes& mistakes, const OffsetMap& offsets, Parsed& result) : mistakes_(mistakes), offsets_(offsets), result_(result) {}

  void build(Grammar::FileContext& file) {
    StrayReporter stray(mistakes_, offsets_, Scope::kFile);
    for (auto* item : file.item()) {
      if (auto* text = item->strayItem()) {
        // What is not understood may have been meant as anything.
        result_.all_sites = result_.all_strategies = false;
        stray.add(*text->getStart());
        continue;
      }
      stray.end_of(item->getStop());
      if (auto* site_item = item->site()) {
        add_item(site(*site_item), result_.all_sites);
      } else if (auto* strategy_item = item->strategy()) {
        add_item(strategy(*strategy_item), result_.all_strategies);
      } else if (auto* choice = item->defaultStrategy()) {
        bool ignored = true;
        add_item(default_strategy(*choice), ignored);
      } else {
        header(*item);
      }
    }
    finish_header(file);
  }

 private:
  static bool failed(const antlr4::ParserRuleContext* context) { return context == nullptr || context->exception != nullptr; }

  Span span_of(antlr4::ParserRuleContext& context) const {
    const Span first = offsets_.span_of(*context.getStart());
    const auto* stop = context.getStop();
    return {first.begin, stop == nullptr ? first.end : std::max(first.end, offsets_.span_of(*stop).end)};
  }
  ast::Extent extent_of(antlr4::ParserRuleContext& context) const { return ast::Extent{span_of(context)}; }

  template <typename T>
  void add_item(std::optional<T> item, bool& complete) {
    if (item) {
      result_.file.items.emplace_back(std::move(*item));
    } else {
      complete = false;
    }
  }

  void header(Grammar::ItemContext& item) {
    if (auto* version = item.version()) {
      if (has_version_) {
        mistakes_.add(Code::kP0114, span_of(*version), "the language version is given twice", "leave this line out");
      } else if (mistakes_.source()->text().substr(0, span_of(*version).begin).find_first_not_of(" \t\r\n\xEF\xBB\xBF") !=
                     std::string::npos &&
                 seen_item_) {
        mistakes_.add(Code::kP0105, span_of(*version), "the language version is not at the start of the file",
                      "make `prunec 1` the first line");
      }
      has_version_ = true;
      result_.file.version_line = extent_of(*version);
      if (!failed(version->versionNumber())) {
        if (auto number = read_whole_number(mistakes_, span_of(*version->versionNumber()))) result_.file.version = *number;
      }
    } else if (auto* architecture = item.architecture()) {
      if (has_architecture_) {
        mistakes_.add(Code::kP0114, span_of(*architecture), "the architecture is given twice", "leave one of the two lines out");
      }
      has_architecture_ = true;
      result_.file.architecture_line = extent_of(*architecture);
      if (auto word = name(architecture->name())) result_.file.architecture = std::move(*word);
    }
    seen_item_ = true;
  }

  void finish_header(Grammar::FileContext& file) {
    if (!has_version_) {
      Diagnostic& missing =
          mistakes_.add(Code::kP0105, {0, 0}, "the file does not begin with a language version", "make `prunec 1` the first line");
      missing.fix = Fix{{mistakes_.source(), {0, 0}}, "prunec 1\n"};
    }
    if (!has_architecture_ && has_version_ && !file.item().empty()) {
      const std::size_t end = span_of(*file.item().front()).end;
      mistakes_.add(Code::kP0115, {end, end}, "the file does not name its architecture",
                    "write for example `architecture resnet18` below the first line");
    }
  }

  std::optional<ast::Word> name(antlr4::ParserRuleContext* context) {
    if (failed(context)) return std::nullopt;
    return read_name(mistakes_, span_of(*context));
  }

  std::optional<ast::SiteDeclaration> site(Grammar::SiteContext& context) {
    seen_item_ = true;
    bool good = !failed(&context);
    ast::SiteDeclaration site;
    site.at = extent_of(context);
    if (auto word = name(context.name())) {
      site.name = std::move(*word);
    } else {
      good = false;
    }
    for (auto* part : context.pattern()) {
      auto pattern = failed(part) ? std::nullopt : read_pattern(mistakes_, span_of(*part));
      good = good && pattern;
      if (pattern) site.patterns.push_back(std::move(*pattern));
    }
    for (auto* part : context.labelValue()) {
      auto label = name(part->label());
      auto value = name(part->value());
      good = good && label && value;
      if (label && value) site.where.push_back({std::move(*label), std::move(*value)});
    }
    return good ? std::optional(std::move(site)) : std::nullopt;
  }

  std::optional<ast::DefaultStrategy> default_strategy(Grammar::DefaultStrategyContext& context) {
    seen_item_ = true;
    auto word = name(context.name());
    if (failed(&context) || !word) return std::nullopt;
    return ast::DefaultStrategy{std::move(*word), extent_of(context)};
  }

  /// A strategy whose name is known stays, even with mistakes in its statements: others may extend it.
  std::optional<ast::Strategy> strategy(Grammar::StrategyContext& context) {
    seen_item_ = true;
    auto* head = context.strategyHead();
    ast::Strategy strategy;
    strategy.at = extent_of(*head);
    strategy.braces = ast::Extent{{strategy.at.end, span_of(context).end}};
    bool good = !failed(head);
    const auto names = head->name();
    if (auto word = names.empty() ? std::nullopt : name(names[0])) {
      strategy.name = std::move(*word);
    } else {
      good = false;
    }
    if (auto* text = head->STRING()) strategy.description = read_text(mistakes_, offsets_.span_of(*text->getSymbol()));
    if (names.size() > 1) {
      strategy.parent = name(names[1]);
      good = good && strategy.parent;
    }
    statements(context, strategy);
    return good ? std::optional(std::move(strategy)) : std::nullopt;
  }

  void statements(Grammar::StrategyContext& context, ast::Strategy& strategy) {
    StrayReporter stray(mistakes_, offsets_, Scope::kStrategy);
    for (auto* part : context.statement()) {
      if (auto* text = part->strayStatement()) {
        stray.add(*text->getStart());
        continue;
      }
      stray.end_of(part->getStop());
      if (auto built = statement(*part)) strategy.statements.push_back(std::move(*built));
    }
  }

  std::optional<ast::Statement> statement(Grammar::StatementContext& context) {
    if (auto* prune_part = context.prune()) return prune(*prune_part);
    if (auto* skip_part = context.skip()) return skip(*skip_part);
    if (auto* tie_part = context.tie()) return tie(*tie_part);
    if (auto* divisible_part = context.divisible()) return divisible(*divisible_part);
    if (auto* ratio_part = context.ratio()) return ratio(*ratio_part);
    if (auto* threshold_part = context.threshold()) return threshold(*threshold_part);
    return std::nullopt;
  }

  std::optional<ast::Statement> prune(Grammar::PruneContext& context) {
    auto list = sites(context.sites());
    if (failed(&context) || !list) return std::nullopt;
    return ast::Prune{std::move(*list), extent_of(context)};
  }

  std::optional<ast::Statement> skip(Grammar::SkipContext& context) {
    if (context.end() == nullptr) {
      auto list = sites(context.sites());
      if (failed(&context) || !list) return std::nullopt;
      return ast::Skip{std::move(*list), extent_of(context)};
    }
    auto count = whole_number(context.wholeNumber());
    auto of = context.KW_OF() == nullptr ? std::optional(std::vector<ast::SiteUse>{}) : sites(context.sites());
    if (failed(&context) || !count || !of) return std::nullopt;
    const End end = context.end()->KW_FIRST() != nullptr ? End::kFirst : End::kLast;
    return ast::SkipEnd{end, *count, std::move(*of), extent_of(context)};
  }

  std::optional<ast::Statement> tie(Grammar::TieContext& context) {
    ast::Tie tie;
    tie.at = extent_of(context);
    auto list = sites(context.sites());
    bool good = !failed(&context) && list;
    if (list) tie.sites = std::move(*list);
    bool across = false, by = false, carrying = false;
    for (auto* clause : context.tieClause()) {
      if (auto* labels = clause->across()) {
        good = once(across, "across", *labels) && tie_labels(*labels, tie) && good;
      } else if (auto* policy = clause->by()) {
        tie.policy = name(policy->policy());
        good = once(by, "by", *policy) && tie.policy && good;
      } else if (auto* carried = clause->carrying()) {
        auto uses = sites(carried->sites());
        good = once(carrying, "carrying", *carried) && uses && good;
        if (uses) tie.carrying = std::move(*uses);
      } else {
        good = false;
      }
    }
    return good ? std::optional<ast::Statement>(std::move(tie)) : std::nullopt;
  }

  bool tie_labels(Grammar::AcrossContext& context, ast::Tie& tie) {
    bool good = !failed(&context);
    for (auto* part : context.label()) {
      auto label = name(part);
      good = good && label;
      if (label) tie.across.push_back(std::move(*label));
    }
    return good;
  }

  /// False, with a mistake, when the clause is there already.
  bool once(bool& seen, const std::string& clause, antlr4::ParserRuleContext& context) {
    if (seen) {
      mistakes_.add(Code::kP0114, span_of(context), "`" + clause + "` is given twice in one statement",
                    clause == "by" || clause == "round" ? "leave one of the two out"
                                                        : "list everything behind one `" + clause + "`, separated by commas");
    }
    return !std::exchange(seen, true);
  }

  std::optional<ast::Statement> divisible(Grammar::DivisibleContext& context) {
    ast::Divisible divisible;
    divisible.at = extent_of(context);
    auto multiple = whole_number(context.wholeNumber());
    bool good = !failed(&context) && multiple;
    if (multiple) divisible.multiple = *multiple;
    bool of = false, round = false;
    for (auto* clause : context.divisibleClause()) {
      if (clause->KW_ROUND() != nullptr) {
        divisible.rounding = failed(clause->rounding()) ? std::nullopt : read_rounding(mistakes_, span_of(*clause->rounding()));
        good = once(round, "round", *clause) && divisible.rounding && good;
      } else {
        auto uses = sites(clause->sites());
        good = once(of, "of", *clause) && uses && good;
        if (uses) divisible.of = std::move(*uses);
      }
    }
    return good ? std::optional<ast::Statement>(std::move(divisible)) : std::nullopt;
  }

  std::optional<ast::Statement> ratio(Grammar::RatioContext& context) {
    auto percent = number(context.number());
    if (failed(&context) || !percent) return std::nullopt;
    return ast::Ratio{*percent, extent_of(context)};
  }

  std::optional<ast::Statement> threshold(Grammar::ThresholdContext& context) {
    auto value = number(context.number());
    if (failed(&context) || !value) return std::nullopt;
    return ast::Threshold{*value, extent_of(context)};
  }

  std::optional<ast::WholeNumber> whole_number(antlr4::ParserRuleContext* context) {
    return failed(context) ? std::nullopt : read_whole_number(mistakes_, span_of(*context));
  }
  std::optional<ast::Number> number(antlr4::ParserRuleContext* context) {
    return failed(context) ? std::nullopt : read_number(mistakes_, span_of(*context));
  }

  std::optional<std::vector<ast::SiteUse>> sites(Grammar::SitesContext* context) {
    if (failed(context)) return std::nullopt;
    std::vector<ast::SiteUse> list;
    bool good = true;
    for (auto* part : context->siteUse()) {
      auto use = site_use(*part);
      good = good && use;
      if (use) list.push_back(std::move(*use));
    }
    return good ? std::optional(std::move(list)) : std::nullopt;
  }

  std::optional<ast::SiteUse> site_use(Grammar::SiteUseContext& context) {
    if (failed(&context) || failed(context.path())) return std::nullopt;
    const Span span = span_of(*context.path());
    ast::SiteUse use{{std::string(mistakes_.source()->text(span)), ast::Extent{span}}, {}, {}, extent_of(context)};
    bool good = true;
    if (is_path(use.name.text)) {
      auto pattern = read_pattern(mistakes_, span);
      good = pattern.has_value();
      if (pattern) use.path = std::move(pattern->pattern);
    }
    for (auto* part : context.filter()) {
      auto built = filter(*part);
      good = good && built;
      if (built) use.filters.push_back(std::move(*built));
    }
    return good ? std::optional(std::move(use)) : std::nullopt;
  }

  std::optional<ast::Filter> filter(Grammar::FilterContext& context) {
    auto label = name(context.label());
    if (failed(&context) || !label) return std::nullopt;
    const auto values = context.value();
    for (auto* value : values) {
      if (failed(value)) return std::nullopt;
    }
    auto range = read_values(mistakes_, {span_of(*values.front()).begin, span_of(*values.back()).end});
    if (!range) return std::nullopt;
    return ast::Filter{std::move(*label), std::move(*range), extent_of(context)};
  }

  Mistakes& mistakes_;
  const OffsetMap& offsets_;
  Parsed& result_;
  bool has_version_ = false;
  bool has_architecture_ = false;
  bool seen_item_ = false;
};

}  // namespace

void build_tree(antlr4::ParserRuleContext& tree, Mistakes& mistakes, const OffsetMap& offsets, Parsed& result) {
  Builder(mistakes, offsets, result).build(dynamic_cast<Grammar::FileContext&>(tree));
}

}  // namespace prunec::syntax

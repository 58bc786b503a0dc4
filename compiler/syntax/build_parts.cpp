// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/build_parts.h"

#include <PruneParser.h>
#include <algorithm>
#include <antlr4-runtime.h>
#include <utility>

#include "compiler/syntax/values.h"

namespace prunec::syntax {

using Grammar = prunec_grammar::PruneParser;

bool Parts::failed(const Context* context) {
  return context == nullptr || context->exception != nullptr;
}

Span Parts::span_of(Context& context) const {
  const Span first = offsets_.span_of(*context.getStart());
  const auto* stop = context.getStop();
  return {first.begin, stop == nullptr ? first.end : std::max(first.end, offsets_.span_of(*stop).end)};
}

std::optional<ast::Word> Parts::name(Context* context) const {
  return failed(context) ? std::nullopt : read_name(mistakes_, span_of(*context));
}
std::optional<ast::Word> Parts::single_value(Context* context) const {
  if (failed(context)) return std::nullopt;
  const Span span = span_of(*context);
  if (mistakes_.source()->text(span).find_first_of(".*{") == std::string_view::npos) return read_name(mistakes_, span);
  mistakes_.add(Code::kP0101, span, "a label has one value here, a word or a number", "for example `where stage = 1`");
  return std::nullopt;
}
std::optional<ast::Word> Parts::reference(Context* context) const {
  return failed(context) ? std::nullopt : read_reference(mistakes_, span_of(*context));
}
std::optional<ast::Pattern> Parts::pattern(Context* context) const {
  return failed(context) ? std::nullopt : read_pattern(mistakes_, span_of(*context));
}
std::optional<ast::WholeNumber> Parts::whole_number(Context* context) const {
  return failed(context) ? std::nullopt : read_whole_number(mistakes_, span_of(*context));
}
std::optional<ast::Number> Parts::number(Context* context) const {
  return failed(context) ? std::nullopt : read_number(mistakes_, span_of(*context));
}
std::optional<ast::Percent> Parts::percent(Context* context) const {
  const auto read = number(context);
  return read ? std::optional(ast::Percent{read->value, read->at}) : std::nullopt;
}

std::optional<std::size_t> Parts::index_of_choice(Context* context, const std::vector<std::string>& names, const std::string& after) const {
  return failed(context) ? std::nullopt : read_choice(mistakes_, span_of(*context), names, after);
}

std::optional<std::vector<ast::SiteUse>> Parts::sites(Context* context) const {
  if (failed(context)) return std::nullopt;
  std::vector<ast::SiteUse> list;
  bool good = true;
  for (auto* part : dynamic_cast<Grammar::SitesContext&>(*context).siteUse()) {
    auto use = site_use(*part);
    good = good && use;
    if (use) list.push_back(std::move(*use));
  }
  return good ? std::optional(std::move(list)) : std::nullopt;
}

std::optional<std::vector<ast::SiteUse>> Parts::optional_sites(Context* context) const {
  return context == nullptr ? std::optional(std::vector<ast::SiteUse>{}) : sites(context);
}

std::optional<ast::SiteUse> Parts::site_use(Context& context) const {
  auto& written = dynamic_cast<Grammar::SiteUseContext&>(context);
  if (failed(&context) || failed(written.path())) return std::nullopt;
  const Span span = span_of(*written.path());
  if (mistakes_.any_at(span.begin)) return std::nullopt;
  ast::SiteUse use{{std::string(mistakes_.source()->text(span)), ast::Extent{span}}, {}, {}, extent_of(context)};
  bool good = true;
  if (is_path(use.name.text)) {
    auto read = read_pattern(mistakes_, span);
    good = read.has_value();
    if (read) use.path = std::move(read->pattern);
  }
  for (auto* part : written.filter()) {
    auto built = filter(*part);
    good = good && built;
    if (built) use.filters.push_back(std::move(*built));
  }
  return good ? std::optional(std::move(use)) : std::nullopt;
}

std::optional<ast::Filter> Parts::filter(Context& context) const {
  auto& written = dynamic_cast<Grammar::FilterContext&>(context);
  auto label = name(written.label());
  if (failed(&context) || !label) return std::nullopt;
  const auto values = written.value();
  if (std::any_of(values.begin(), values.end(), failed)) return std::nullopt;
  auto range = read_values(mistakes_, {span_of(*values.front()).begin, span_of(*values.back()).end});
  if (!range) return std::nullopt;
  return ast::Filter{std::move(*label), std::move(*range), extent_of(context)};
}

bool Parts::once(bool& seen, std::string_view clause, Context& context) const {
  if (seen) {
    const bool list = clause == "across" || clause == "carrying" || clause == "of";
    mistakes_.add(Code::kP0114, span_of(context), "`" + std::string(clause) + "` is given twice in one statement",
                  list ? "list everything behind one `" + std::string(clause) + "`, separated by commas" : "leave one of the two out");
  }
  return !std::exchange(seen, true);
}

}  // namespace prunec::syntax

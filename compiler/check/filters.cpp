// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/check/checks.h"

namespace prunec::checks {
namespace {

void add_ranges(const PathPattern& pattern, const std::string& label, std::vector<CaptureRange>& ranges) {
  for (const auto& component : pattern.components) {
    const auto* parts = std::get_if<Component>(&component);
    for (std::size_t i = 0; parts != nullptr && i < parts->parts.size(); ++i) {
      const auto* capture = std::get_if<Capture>(&parts->parts[i]);
      if (capture == nullptr || capture->name != label) continue;
      // Beside other text a capture holds digits.
      const bool digits = parts->parts.size() > 1 && std::holds_alternative<std::monostate>(capture->range);
      ranges.push_back(digits ? CaptureRange(NumberRange{}) : capture->range);
    }
  }
}

void add_ranges(const ast::SiteDeclaration& site, const std::string& label, std::vector<CaptureRange>& ranges) {
  for (const ast::Pattern& pattern : site.patterns) add_ranges(pattern.pattern, label, ranges);
  for (const ast::LabelValue& where : site.where) {
    if (where.label.text == label) ranges.emplace_back(OneOf{{where.value.text}});
  }
}

/// Where the values of a label lie, by each pattern of a use in each layout.
std::vector<CaptureRange> ranges_of(const Context& context, const ast::SiteUse& use, const std::string& label) {
  std::vector<CaptureRange> ranges;
  const auto found = context.site(use);
  if (!found) {
    add_ranges(*use.path, label, ranges);
    return ranges;
  }
  add_ranges(*found->site, label, ranges);
  for (const ast::Item& item : found->scope.rules->file.items) {
    const auto* layout = std::get_if<ast::Layout>(&item);
    if (layout == nullptr) continue;
    for (const ast::SiteDeclaration& placed : layout->sites) {
      if (placed.name == found->site->name) add_ranges(placed, label, ranges);
    }
  }
  return ranges;
}

std::string text_of(const std::vector<CaptureRange>& ranges) {
  std::vector<std::string> texts;
  for (const CaptureRange& range : ranges) {
    const std::string text = range == CaptureRange(NumberRange{}) ? "a number" : "`" + to_string(range) + "`";
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
  std::string all;
  for (std::size_t i = 0; i < texts.size(); ++i) all += (i == 0 ? "" : i + 1 == texts.size() ? " or " : ", ") + texts[i];
  return all;
}

void report(Context& context, const ast::SiteUse& use, const ast::Filter& filter, const std::vector<CaptureRange>& ranges) {
  const std::string kind = context.is_path(use) ? "the path `" : "the site `";
  Diagnostic& diagnostic =
      context.report(Code::kP0224, filter.at,
                     "no member of " + kind + use.name.text + "` has the " + filter.label.text + " `" + to_string(filter.values) + "`");
  diagnostic.help = "its " + filter.label.text + " is " + text_of(ranges);
  if (const auto found = context.site(use))
    diagnostic.notes.push_back({range_in(found->scope, found->site->at), "the site is declared here"});
}

void check_filters(Context& context, const ast::SiteUse& use) {
  for (auto filter = use.filters.begin(); filter != use.filters.end(); ++filter) {
    const auto earlier = std::find_if(use.filters.begin(), filter, [&](const ast::Filter& other) {
      return other.label == filter->label && are_apart(other.values, filter->values);
    });
    if (earlier != filter) {
      context.report(
          Code::kP0224, filter->at,
          "nothing has the " + filter->label.text + " `" + to_string(earlier->values) + "` and `" + to_string(filter->values) + "`",
          "for members that have one of the two, write `" + filter->label.text + "=1|2`");
      continue;
    }
    const auto ranges = ranges_of(context, use, filter->label.text);
    const bool none = std::all_of(ranges.begin(), ranges.end(), [&](const auto& range) { return are_apart(range, filter->values); });
    // A label that the site does not have at all is told as such.
    if (none && !ranges.empty()) report(context, use, *filter, ranges);
  }
}

}  // namespace

void filters_without_member(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) {
        if (context.known(use)) check_filters(context, use);
      });
    }
  }
}

}  // namespace prunec::checks

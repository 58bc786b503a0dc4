// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec::checks {
namespace {

std::vector<std::string> listed(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

std::string has_labels(const std::set<std::string>& labels) {
  return labels.empty() ? "it has no labels"
                        : (labels.size() == 1 ? "it has the label " : "it has the labels ") + quoted_list(listed(labels), "and");
}

std::string described(const ast::SiteUse& use) {
  return (use.path ? "the path `" : "the site `") + use.name.text + "`";
}

/// Filters and ties want the same of a use: that each of its members has the label.
void report_missing(Context& context, Code code, const ast::Word& label, const ast::SiteUse& use) {
  const std::set<std::string> labels = labels_of(context, use);
  const std::string add = "capture it in the pattern as `{" + label.text + "}`, or add `where " + label.text + " = ...`";
  Diagnostic& diagnostic =
      context.report(code, label.at, described(use) + " has no label `" + label.text + "`",
                     did_you_mean(label.text, listed(labels), use.path ? "capture it in the path as `{" + label.text + "}`" : add));
  const auto* site = context.site(use);
  if (site != nullptr) diagnostic.notes.push_back({context.range(site->at), has_labels(labels)});
}

}  // namespace

void label_conflicts(Context& context) {
  for (const auto& [name, site] : context.names().sites) {
    std::set<std::string> seen;
    for (const ast::Pattern& pattern : site->patterns) {
      const auto captured = labels_of(pattern.pattern);
      seen.insert(captured.begin(), captured.end());
    }
    for (const ast::LabelValue& where : site->where) {
      if (!seen.insert(where.label.text).second) {
        context.report(Code::kP0210, where.label.at, "the site `" + name + "` has two values for the label `" + where.label.text + "`",
                       "a label comes from a pattern or from one `where`, not from both");
      }
    }
  }
}

void filter_labels(Context& context) {
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) {
        if (!use.path && context.site(use) == nullptr) return;
        for (const ast::Filter& filter : use.filters) {
          if (!labels_of(context, use).contains(filter.label.text)) report_missing(context, Code::kP0206, filter.label, use);
        }
      });
    }
  }
}

void tie_labels(Context& context) {
  for (const ast::Strategy* strategy : context.names().strategy_order) {
    for (const ast::Statement& statement : strategy->statements) {
      const auto* tie = std::get_if<ast::Tie>(&statement);
      if (tie == nullptr) continue;
      for (const ast::Word& label : tie->across) {
        // One message a label: further sites without it add nothing.
        const auto lacks = [&](const ast::SiteUse& use) {
          return (use.path || context.site(use) != nullptr) && !labels_of(context, use).contains(label.text);
        };
        const auto voter = std::find_if(tie->sites.begin(), tie->sites.end(), lacks);
        const auto carried = std::find_if(tie->carrying.begin(), tie->carrying.end(), lacks);
        if (voter != tie->sites.end()) {
          report_missing(context, Code::kP0205, label, *voter);
        } else if (carried != tie->carrying.end()) {
          report_missing(context, Code::kP0205, label, *carried);
        }
      }
    }
  }
}

}  // namespace prunec::checks

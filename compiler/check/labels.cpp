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

std::string described(const Context& context, const ast::SiteUse& use) {
  return (context.is_path(use) ? "the path `" : "the site `") + use.name.text + "`";
}

/// Filters, ties and ranks want the same of a use: that each of its members has the label. The help is about the use, so the correction of
/// a misspelt label is given only where the label was written for this one use.
void report_missing(Context& context, Code code, const ast::Word& label, const ast::SiteUse& use) {
  const std::set<std::string> labels = labels_of(context.scope(), use);
  const std::string add = context.is_path(use)
                              ? "capture it in the path as `{" + label.text + "}`"
                              : "capture it in the pattern as `{" + label.text + "}`, or add `where " + label.text + " = ...`";
  Diagnostic& diagnostic = context.report(code, label.at, described(context, use) + " has no label `" + label.text + "`");
  suggest(diagnostic, context.range(label.at), label.text, listed(labels), add);
  if (const auto found = context.site(use)) diagnostic.notes.push_back({range_in(found->scope, found->site->at), has_labels(labels)});
}

}  // namespace

void label_conflicts(Context& context) {
  const auto check = [&](const ast::SiteDeclaration& site) {
    std::set<std::string> seen;
    for (const ast::Pattern& pattern : site.patterns) {
      const auto captured = labels_of(pattern.pattern);
      seen.insert(captured.begin(), captured.end());
    }
    for (const ast::LabelValue& where : site.where) {
      if (seen.insert(where.label.text).second) continue;
      context.report(Code::kP0210, where.label.at,
                     "the site `" + site.name.text + "` has two values for the label `" + where.label.text + "`",
                     "a label comes from a pattern or from one `where`, not from both");
    }
  };
  for (const ast::SiteDeclaration* site : context.sites()) check(*site);
  for (const ast::Item& item : context.file().items) {
    const auto* layout = std::get_if<ast::Layout>(&item);
    if (layout != nullptr) std::for_each(layout->sites.begin(), layout->sites.end(), check);
  }
}

void filter_labels(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      for_each_use(statement, [&](const ast::SiteUse& use) {
        if (!context.known(use)) return;
        for (const ast::Filter& filter : use.filters) {
          if (!labels_of(context.scope(), use).contains(filter.label.text)) report_missing(context, Code::kP0206, filter.label, use);
        }
      });
    }
  }
}

void tie_labels(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const ast::Statement& statement : strategy->statements) {
      const auto* tie = std::get_if<ast::Tie>(&statement);
      if (tie == nullptr) continue;
      for (const ast::Word& label : tie->across) {
        // One message a label: further sites without it add nothing.
        const auto lacks = [&](const ast::SiteUse& use) {
          return context.known(use) && !labels_of(context.scope(), use).contains(label.text);
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

void rank_labels(Context& context) {
  for (const ast::Strategy* strategy : context.strategies()) {
    const auto statements = context.statements(*strategy);
    for (const Inherited& one : statements) {
      const auto* rank = std::get_if<ast::Rank>(one.statement);
      if (rank == nullptr || !rank->label) continue;
      for (const Inherited& other : statements) {
        const auto* prune = std::get_if<ast::Prune>(other.statement);
        // What the ancestors alone do wrong is told with them.
        if (prune == nullptr || (!one.own && !other.own)) continue;
        const auto lacking = std::find_if(prune->sites.begin(), prune->sites.end(), [&](const ast::SiteUse& use) {
          const bool known = !is_name(*other.scope.rules, use) || find_site(other.scope, use);
          return known && !labels_of(other.scope, use).contains(rank->label->text);
        });
        if (lacking == prune->sites.end()) continue;
        Diagnostic& diagnostic = context.report(
            Code::kP0221, one.own ? rank->label->at : lacking->at,
            "`" + key_of(other.scope, *lacking) + "` is pruned and has no label `" + rank->label->text + "` to be ranked by");
        const auto labels = listed(labels_of(other.scope, *lacking));
        diagnostic.help = did_you_mean(rank->label->text, labels, "capture the label in its pattern, or rank `per site`");
        diagnostic.notes.push_back(one.own ? Note{range_in(other.scope, lacking->at), "pruned here"}
                                           : Note{range_in(one.scope, rank->at), "ranked here"});
        break;
      }
    }
  }
}

namespace {

std::set<std::string> labels_in_use(const Context& context) {
  std::set<std::string> used;
  for (const ast::Strategy* strategy : context.strategies()) {
    for (const Inherited& one : context.statements(*strategy)) {
      if (const auto* tie = std::get_if<ast::Tie>(one.statement)) {
        for (const ast::Word& label : tie->across) used.insert(label.text);
      }
      if (const auto* rank = std::get_if<ast::Rank>(one.statement); rank != nullptr && rank->label) used.insert(rank->label->text);
      for_each_use(*one.statement, [&](const ast::SiteUse& use) {
        for (const ast::Filter& filter : use.filters) used.insert(filter.label.text);
      });
    }
  }
  return used;
}

}  // namespace

/// A capture says where a site is, used or not; a label that is added by hand has no other purpose than to be used.
void unused_labels(Context& context) {
  if (!context.sound() || context.strategies().empty()) return;
  const std::set<std::string> used = labels_in_use(context);
  for (const ast::SiteDeclaration* site : context.sites()) {
    for (const ast::LabelValue& where : site->where) {
      if (used.contains(where.label.text)) continue;
      context.report(Code::kP0222, where.label.at, "nothing uses the label `" + where.label.text + "`",
                     "tie across it, filter or rank by it, or leave the `where` out");
    }
  }
}

}  // namespace prunec::checks

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <charconv>
#include <string>

#include "compiler/plan/plan_toml.h"
#include "compiler/toml/document.h"

namespace prunec {
namespace {

using toml_text::quote;

constexpr std::string_view kFirstLine = "# A pruning plan, compiled from a rule file. Edit the rules, not this file.";

std::string place(const Origin& origin) {
  return quote(origin.file + ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column)) +
         ", length = " + std::to_string(origin.length);
}

/// The shortest text that reads back to the same number, with a sign that it is no whole number.
std::string number(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
  std::string result(text, end);
  if (result.size() > 20) result.assign(text, std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr);
  return result.find_first_of(".e") == std::string::npos ? result + ".0" : result;
}

class Writer {
 public:
  std::string run(const ConstraintPlan& plan) {
    line(std::string(kFirstLine));
    key("plan", std::to_string(kPlanVersion));
    key("architecture", quote(plan.architecture));
    key("strategy", quote(plan.strategy));
    key("description", quote(plan.description));
    key("rules", quote(plan.rules_path));
    key("rules_sha256", quote(plan.rules_sha256));
    for (const Site& s : plan.sites) site("site", s);
    for (const Layout& layout : plan.layouts) {
      line("\n[[layout]]");
      key("name", quote(layout.name));
      origin(layout.origin);
      for (const Site& s : layout.sites) site("layout.site", s);
    }
    for (const Statement& statement : plan.statements) {
      line("\n[[statement]]");
      std::visit(*this, statement);
      origin(origin_of(statement));
    }
    return std::move(text_);
  }

  void operator()(const Prune& prune) {
    key("kind", quote("prune"));
    uses("sites", prune.sites);
  }
  void operator()(const Skip& skip) {
    key("kind", quote("skip"));
    uses("sites", skip.sites);
  }
  void operator()(const SkipEnd& skip) {
    key("kind", quote("skip-" + std::string(to_string(skip.end))));
    key("count", std::to_string(skip.count));
    uses("of", skip.of);
  }
  void operator()(const Tie& tie) {
    key("kind", quote("tie"));
    uses("sites", tie.sites);
    key("across", list(tie.across));
    word("by", tie.policy);
    uses("carrying", tie.carrying);
    if (tie.even_if_unrelated) key("even_if_unrelated", "true");
  }
  void operator()(const TieFromGraph& tie) {
    key("kind", quote("tie-from-graph"));
    word("by", tie.policy);
  }
  void operator()(const ConcatPropagate& propagate) {
    key("kind", quote("concat-propagate"));
    uses("sites", propagate.sites);
    word("by", propagate.policy);
    uses("carrying", propagate.carrying);
  }
  void operator()(const ConcatSelect& select) {
    key("kind", quote("concat-select"));
    uses("sites", select.sites);
  }
  void operator()(const Groups& groups) {
    key("kind", quote("groups"));
    word("rule", groups.rule);
    uses("of", groups.of);
  }
  void operator()(const Shuffles& shuffles) {
    key("kind", quote("shuffles"));
    word("rule", shuffles.rule);
  }
  void operator()(const Divisible& divisible) {
    key("kind", quote("divisible"));
    key("multiple", std::to_string(divisible.multiple));
    word("round", divisible.rounding);
    uses("of", divisible.of);
  }
  void operator()(const KeepAtLeast& keep) {
    key("kind", quote("keep-at-least"));
    if (const auto* count = std::get_if<std::size_t>(&keep.least)) {
      key("count", std::to_string(*count));
    } else {
      key("fraction", number(std::get<double>(keep.least)));
    }
    uses("of", keep.of);
  }
  void operator()(const RemoveAtMost& remove) {
    key("kind", quote("remove-at-most"));
    key("fraction", number(remove.fraction));
    uses("of", remove.of);
  }
  void operator()(const Ratio& ratio) {
    key("kind", quote("ratio"));
    key("fraction", number(ratio.fraction));
    if (ratio.exact) key("exact", "true");
  }
  void operator()(const Threshold& threshold) {
    key("kind", quote("threshold"));
    key("value", number(threshold.value));
  }
  void operator()(const Budget& budget) {
    key("kind", quote("budget"));
    word("resource", budget.resource);
    key("fraction", number(budget.fraction));
  }
  void operator()(const Rank& rank) {
    key("kind", quote("rank"));
    word("scope", rank.scope);
    if (rank.scope == RankScope::kPerLabel) key("label", quote(rank.label));
  }
  void operator()(const Score& score) {
    key("kind", quote("score"));
    word("score", score.kind);
    word("normalised_by", score.normalised_by);
  }

 private:
  void line(const std::string& text) { text_ += text + "\n"; }
  void key(const std::string& name, const std::string& value) { line(name + " = " + value); }
  template <typename Enum>
  void word(const std::string& name, Enum value) {
    key(name, quote(std::string(to_string(value))));
  }
  void origin(const Origin& where) {
    key("origin", quote(where.file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column)));
    key("length", std::to_string(where.length));
  }

  static std::string list(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + quote(text);
    return "[" + joined + "]";
  }

  void site(const std::string& table, const Site& site) {
    line("\n[[" + table + "]]");
    key("name", quote(site.name));
    std::vector<std::string> patterns;
    for (const PathPattern& pattern : site.patterns) patterns.push_back(to_string(pattern));
    key("patterns", list(patterns));
    std::vector<std::string> labels;
    for (const auto& [label, value] : site.labels) labels.push_back(label + "=" + value);
    key("labels", list(labels));
    origin(site.origin);
  }

  /// One use a line, so that a change of one shows as one.
  void uses(const std::string& name, const std::vector<SiteUse>& uses) {
    if (uses.empty()) return key(name, "[]");
    line(name + " = [");
    for (const SiteUse& use : uses) {
      std::vector<std::string> filters;
      for (const LabelFilter& filter : use.filters) filters.push_back(filter.label + "=" + to_string(filter.values));
      line(std::string("  {") + (use.pattern.empty() ? "site" : "path") + " = " + quote(use.name) +
           (filters.empty() ? "" : ", only = " + list(filters)) + ", origin = " + place(use.origin) + "},");
    }
    line("]");
  }

  std::string text_;
};

}  // namespace

std::string write_plan(const ConstraintPlan& plan) {
  return Writer().run(plan);
}

bool looks_like_plan(std::string_view text) {
  while (text.starts_with('#') || text.starts_with('\n')) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.starts_with("plan = ");
}

}  // namespace prunec

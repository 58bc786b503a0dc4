// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/ast.h"

#include <sstream>

namespace prunec::ast {
namespace {

class Dumper {
 public:
  std::string run(const RuleFile& file) {
    out_ << "prunec " << file.version.value << "\narchitecture " << file.architecture.text << "\n";
    for (const Item& item : file.items) std::visit(*this, item);
    return out_.str();
  }

  void operator()(const SiteDeclaration& site) {
    out_ << "site " << site.name.text << "\n";
    for (const Pattern& pattern : site.patterns) out_ << "  pattern " << to_string(pattern.pattern) << "\n";
    for (const LabelValue& where : site.where) out_ << "  where " << where.label.text << " = " << where.value.text << "\n";
  }

  void operator()(const Strategy& strategy) {
    out_ << "strategy " << strategy.name.text << "\n";
    if (strategy.description) out_ << "  text \"" << strategy.description->text << "\"\n";
    if (strategy.parent) out_ << "  extends " << strategy.parent->text << "\n";
    for (const Statement& statement : strategy.statements) std::visit(*this, statement);
  }

  void operator()(const DefaultStrategy& choice) { out_ << "default " << choice.name.text << "\n"; }

  void operator()(const Prune& prune) {
    out_ << "  prune\n";
    uses("site", prune.sites);
  }
  void operator()(const Skip& skip) {
    out_ << "  skip\n";
    uses("site", skip.sites);
  }
  void operator()(const SkipEnd& skip) {
    out_ << "  skip " << to_string(skip.end) << " " << skip.count.value << "\n";
    uses("of", skip.of);
  }
  void operator()(const Tie& tie) {
    out_ << "  tie\n";
    uses("site", tie.sites);
    for (const Word& label : tie.across) out_ << "    across " << label.text << "\n";
    if (tie.policy) out_ << "    by " << tie.policy->text << "\n";
    uses("carrying", tie.carrying);
  }
  void operator()(const Divisible& divisible) {
    out_ << "  divisible " << divisible.multiple.value << "\n";
    uses("of", divisible.of);
    if (divisible.rounding) out_ << "    round " << to_string(*divisible.rounding) << "\n";
  }
  void operator()(const Ratio& ratio) { out_ << "  ratio " << ratio.percent.value << "%\n"; }
  void operator()(const Threshold& threshold) { out_ << "  threshold " << threshold.value.value << "\n"; }

 private:
  void uses(const char* role, const std::vector<SiteUse>& list) {
    for (const SiteUse& use : list) {
      out_ << "    " << role << " " << (use.path ? "path " : "") << use.name.text;
      for (const Filter& filter : use.filters) out_ << " [" << filter.label.text << "=" << to_string(filter.values) << "]";
      out_ << "\n";
    }
  }

  std::ostringstream out_;
};

}  // namespace

const Extent& extent_of(const Statement& statement) {
  return std::visit([](const auto& s) -> const Extent& { return s.at; }, statement);
}

Extent extent_of(const Item& item) {
  if (const auto* strategy = std::get_if<Strategy>(&item)) return {{strategy->at.begin, strategy->braces.end}};
  if (const auto* site = std::get_if<SiteDeclaration>(&item)) return site->at;
  return std::get<DefaultStrategy>(item).at;
}

std::string dump(const RuleFile& file) {
  return Dumper().run(file);
}

}  // namespace prunec::ast

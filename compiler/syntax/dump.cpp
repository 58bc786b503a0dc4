// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <sstream>

#include "compiler/syntax/ast.h"

namespace prunec::ast {
namespace {

class Dumper {
 public:
  std::string run(const RuleFile& file) {
    out_ << "prunec " << file.version.value << "\narchitecture " << file.architecture.text << "\n";
    for (const Item& item : file.items) std::visit(*this, item);
    return out_.str();
  }

  void operator()(const Use& use) {
    out_ << "use \"" << use.file.text << "\"\n";
    if (use.under) out_ << "  under " << to_string(use.under->pattern) << "\n";
    if (use.name) out_ << "  as " << use.name->text << "\n";
  }

  void operator()(const SiteDeclaration& site) { this->site(site, ""); }

  void operator()(const Layout& layout) {
    out_ << "layout " << layout.name.text << "\n";
    for (const SiteDeclaration& site : layout.sites) this->site(site, "  ");
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
    by(tie.policy);
    uses("carrying", tie.carrying);
    if (tie.even_if_unrelated) out_ << "    even if unrelated\n";
  }
  void operator()(const TieFromGraph& tie) {
    out_ << "  tie from graph\n";
    by(tie.policy);
  }
  void operator()(const ConcatPropagate& propagate) {
    out_ << "  concat-propagate\n";
    uses("site", propagate.sites);
    by(propagate.policy);
    uses("carrying", propagate.carrying);
  }
  void operator()(const ConcatSelect& select) {
    out_ << "  concat-select\n";
    uses("site", select.sites);
  }
  void operator()(const Groups& groups) {
    out_ << "  groups " << to_string(groups.rule) << "\n";
    uses("of", groups.of);
  }
  void operator()(const Shuffles& shuffles) { out_ << "  shuffles " << to_string(shuffles.rule) << "\n"; }
  void operator()(const Divisible& divisible) {
    out_ << "  divisible " << divisible.multiple.value << "\n";
    uses("of", divisible.of);
    if (divisible.rounding) out_ << "    round " << to_string(*divisible.rounding) << "\n";
  }
  void operator()(const KeepAtLeast& keep) {
    out_ << "  keep at least ";
    if (const auto* count = std::get_if<WholeNumber>(&keep.least)) {
      out_ << count->value << "\n";
    } else {
      out_ << std::get<Percent>(keep.least).value << "%\n";
    }
    uses("of", keep.of);
  }
  void operator()(const RemoveAtMost& remove) {
    out_ << "  remove at most " << remove.most.value << "%\n";
    uses("of", remove.of);
  }
  void operator()(const Ratio& ratio) { out_ << "  ratio " << ratio.percent.value << "%" << (ratio.exact ? " exact" : "") << "\n"; }
  void operator()(const Threshold& threshold) { out_ << "  threshold " << threshold.value.value << "\n"; }
  void operator()(const Budget& budget) { out_ << "  budget " << to_string(budget.resource) << " " << budget.percent.value << "%\n"; }
  void operator()(const Rank& rank) {
    out_ << "  rank " << (rank.scope == RankScope::kGlobal ? "global" : rank.label ? "per label " + rank.label->text : "per site") << "\n";
  }
  void operator()(const Score& score) {
    out_ << "  score " << to_string(score.kind);
    if (score.normalised_by != Normalisation::kNone) out_ << " normalized by " << to_string(score.normalised_by);
    out_ << "\n";
  }

 private:
  void site(const SiteDeclaration& site, const char* indent) {
    out_ << indent << "site " << site.name.text << "\n";
    for (const Pattern& pattern : site.patterns) out_ << indent << "  pattern " << to_string(pattern.pattern) << "\n";
    for (const LabelValue& where : site.where) out_ << indent << "  where " << where.label.text << " = " << where.value.text << "\n";
  }

  void by(const std::optional<Word>& policy) {
    if (policy) out_ << "    by " << policy->text << "\n";
  }

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

std::string dump(const RuleFile& file) {
  return Dumper().run(file);
}

}  // namespace prunec::ast

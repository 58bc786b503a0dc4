// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/format/words.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "compiler/source/utf8.h"
#include "compiler/syntax/lexemes.h"

namespace prunec::format {
namespace {

/// At the start of a line these would be read as the start of something, also where they are names.
bool is_keyword(std::string_view word) {
  static const std::vector<std::string> kKeywords = keywords();
  return std::find(kKeywords.begin(), kKeywords.end(), word.substr(0, word.find_first_of(",["))) != kKeywords.end();
}

class Builder {
 public:
  explicit Builder(const SourceFile& source) : source_(source) {}

  Words operator()(const ast::Prune& prune) { return list({"prune"}, prune.sites); }
  Words operator()(const ast::Skip& skip) { return list({"skip"}, skip.sites); }
  Words operator()(const ast::SkipEnd& skip) {
    return of({"skip", std::string(to_string(skip.end)), std::to_string(skip.count.value)}, skip.of);
  }
  Words operator()(const ast::Tie& tie) {
    Words words = list({"tie"}, tie.sites);
    if (!tie.across.empty()) words.emplace_back("across");
    for (std::size_t i = 0; i < tie.across.size(); ++i) words.push_back(tie.across[i].text + (i + 1 < tie.across.size() ? "," : ""));
    words = votes(std::move(words), tie.policy, tie.carrying);
    if (tie.even_if_unrelated) words.insert(words.end(), {"even", "if", "unrelated"});
    return words;
  }
  Words operator()(const ast::TieFromGraph& tie) { return votes({"tie", "from", "graph"}, tie.policy, {}); }
  Words operator()(const ast::ConcatPropagate& propagate) {
    return votes(list({"concat-propagate"}, propagate.sites), propagate.policy, propagate.carrying);
  }
  Words operator()(const ast::ConcatSelect& select) { return list({"concat-select"}, select.sites); }
  Words operator()(const ast::Groups& groups) { return of({"groups", std::string(to_string(groups.rule))}, groups.of); }
  Words operator()(const ast::Shuffles& shuffles) { return {"shuffles", std::string(to_string(shuffles.rule))}; }
  Words operator()(const ast::Divisible& divisible) {
    Words words = of({"divisible", std::to_string(divisible.multiple.value)}, divisible.of);
    if (divisible.rounding) words.insert(words.end(), {"round", std::string(to_string(*divisible.rounding))});
    return words;
  }
  Words operator()(const ast::KeepAtLeast& keep) {
    const auto* count = std::get_if<ast::WholeNumber>(&keep.least);
    return of({"keep", "at", "least", count != nullptr ? written(count->at) : percent(std::get<ast::Percent>(keep.least))}, keep.of);
  }
  Words operator()(const ast::RemoveAtMost& remove) { return of({"remove", "at", "most", percent(remove.most)}, remove.of); }
  Words operator()(const ast::Ratio& ratio) {
    Words words = {"ratio", percent(ratio.percent)};
    if (ratio.exact) words.emplace_back("exact");
    return words;
  }
  Words operator()(const ast::Threshold& threshold) { return {"threshold", written(threshold.value.at)}; }
  Words operator()(const ast::Budget& budget) { return {"budget", std::string(to_string(budget.resource)), percent(budget.percent)}; }
  Words operator()(const ast::Rank& rank) {
    if (rank.scope == RankScope::kGlobal) return {"rank", "global"};
    return {"rank", "per", rank.label ? rank.label->text : "site"};
  }
  Words operator()(const ast::Score& score) {
    Words words = {"score"};
    if (score.kind == ScoreKind::kGamma) words.emplace_back("gamma");
    if (score.kind == ScoreKind::kWeightL1) words.insert(words.end(), {"weight", "l1"});
    if (score.kind == ScoreKind::kWeightL2) words.insert(words.end(), {"weight", "l2"});
    if (score.normalised_by != Normalisation::kNone)
      words.insert(words.end(), {"normalized", "by", std::string(to_string(score.normalised_by))});
    return words;
  }

 private:
  /// Numbers keep the form that they were written in.
  std::string written(const ast::Extent& at) const { return std::string(source_.text(at)); }
  std::string percent(const ast::Percent& share) const { return written(share.at) + "%"; }

  Words of(Words words, const std::vector<ast::SiteUse>& uses) const {
    return uses.empty() ? words : list(with(std::move(words), "of"), uses);
  }
  Words votes(Words words, const std::optional<ast::Word>& policy, const std::vector<ast::SiteUse>& carrying) const {
    if (policy) words.insert(words.end(), {"by", policy->text});
    return carrying.empty() ? words : list(with(std::move(words), "carrying"), carrying);
  }

  static Words with(Words words, const char* word) {
    words.emplace_back(word);
    return words;
  }

  Words list(Words words, const std::vector<ast::SiteUse>& uses) const {
    for (std::size_t i = 0; i < uses.size(); ++i) words.push_back(use(uses[i]) + (i + 1 < uses.size() ? "," : ""));
    return words;
  }

  std::string use(const ast::SiteUse& use) const {
    std::string text = use.name.text;
    for (std::size_t i = 0; i < use.filters.size(); ++i) {
      text += (i == 0 ? "[" : ", ") + use.filters[i].label.text + "=" + to_string(use.filters[i].values);
    }
    return use.filters.empty() ? text : text + "]";
  }

  const SourceFile& source_;
};

}  // namespace

Words words_of(const ast::Statement& statement, const SourceFile& source) {
  return std::visit(Builder(source), statement);
}

Words words_of(const ast::DefaultStrategy& choice) {
  return {"default", "strategy", choice.name.text};
}

Words words_of(const ast::Use& use) {
  Words words = {"use", "\"" + use.file.text + "\""};
  if (use.under) words.insert(words.end(), {"under", to_string(use.under->pattern)});
  if (use.name) words.insert(words.end(), {"as", use.name->text});
  return words;
}

Words head_of(const ast::Layout& layout) {
  return {"layout", layout.name.text, "{"};
}

Words head_of(const ast::Strategy& strategy) {
  Words words = {"strategy", strategy.name.text};
  if (strategy.description) words.push_back("\"" + strategy.description->text + "\"");
  if (strategy.parent) words.insert(words.end(), {"extends", strategy.parent->text});
  words.emplace_back("{");
  return words;
}

Words patterns_of(const ast::SiteDeclaration& site) {
  Words words;
  for (std::size_t i = 0; i < site.patterns.size(); ++i) {
    words.push_back(to_string(site.patterns[i].pattern) + (i + 1 < site.patterns.size() ? "," : ""));
  }
  return words;
}

Words where_of(const ast::SiteDeclaration& site) {
  Words words;
  for (std::size_t i = 0; i < site.where.size(); ++i) {
    if (i == 0) words.emplace_back("where");
    words.insert(words.end(), {site.where[i].label.text, "=", site.where[i].value.text + (i + 1 < site.where.size() ? "," : "")});
  }
  return words;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string wrapped(const Words& words, std::size_t first_column, std::size_t column) {
  std::string text;
  std::size_t at = first_column;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t width = display_width(words[i]);
    const bool may_break = i > 0 && words[i - 1].ends_with(',') && !is_keyword(words[i]);
    if (may_break && at + 1 + width > kWidth) {
      text += "\n" + std::string(column, ' ');
      at = column;
    } else if (i > 0) {
      text += " ";
      ++at;
    }
    text += words[i];
    at += width;
  }
  return text;
}

}  // namespace prunec::format

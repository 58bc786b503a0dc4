// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/format/words.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "compiler/source/utf8.h"

namespace prunec::format {
namespace {

/// At the start of a line these would be read as the start of something, also where they are names.
constexpr std::array<std::string_view, 20> kKeywords = {"prunec", "architecture", "site",      "where", "strategy", "extends",  "default",
                                                        "prune",  "skip",         "first",     "last",  "of",       "tie",      "across",
                                                        "by",     "carrying",     "divisible", "round", "ratio",    "threshold"};

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word.substr(0, word.find_first_of(",["))) != kKeywords.end();
}

class Builder {
 public:
  explicit Builder(const SourceFile& source) : source_(source) {}

  Words operator()(const ast::Prune& prune) { return list({"prune"}, prune.sites); }
  Words operator()(const ast::Skip& skip) { return list({"skip"}, skip.sites); }
  Words operator()(const ast::SkipEnd& skip) {
    Words words = {"skip", std::string(to_string(skip.end)), std::to_string(skip.count.value)};
    return skip.of.empty() ? words : list(with(std::move(words), "of"), skip.of);
  }
  Words operator()(const ast::Tie& tie) {
    Words words = list({"tie"}, tie.sites);
    if (!tie.across.empty()) words.emplace_back("across");
    for (std::size_t i = 0; i < tie.across.size(); ++i) words.push_back(tie.across[i].text + (i + 1 < tie.across.size() ? "," : ""));
    if (tie.policy) words.insert(words.end(), {"by", tie.policy->text});
    return tie.carrying.empty() ? words : list(with(std::move(words), "carrying"), tie.carrying);
  }
  Words operator()(const ast::Divisible& divisible) {
    Words words = {"divisible", std::to_string(divisible.multiple.value)};
    if (!divisible.of.empty()) words = list(with(std::move(words), "of"), divisible.of);
    if (divisible.rounding) words.insert(words.end(), {"round", std::string(to_string(*divisible.rounding))});
    return words;
  }
  /// Numbers keep the form that they were written in.
  Words operator()(const ast::Ratio& ratio) { return {"ratio", std::string(source_.text(ratio.percent.at)) + "%"}; }
  Words operator()(const ast::Threshold& threshold) { return {"threshold", std::string(source_.text(threshold.value.at))}; }

 private:
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

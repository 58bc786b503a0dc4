// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/rule_text.h"

#include <algorithm>
#include <sstream>

#include "runtime/infer/comments.h"

namespace prunec::infer {

namespace {

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// "a, b and c".
std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

/// Lines of a comment, broken at spaces.
std::string comment(const std::string& text, const std::string& indent = "") {
  constexpr std::size_t kWidest = 138;
  std::istringstream words(text);
  std::string lines, line = indent + "#";
  for (std::string word; words >> word;) {
    if (line.size() + 1 + word.size() > kWidest) {
      lines += line + "\n";
      line = indent + "#";
    }
    line += " " + word;
  }
  return lines + line + "\n";
}

class Writer {
 public:
  explicit Writer(const RuleDraft& draft) : draft_(draft) {}

  /// Nothing where the graph's coupling takes the place of the only tie that names it.
  std::string site(std::size_t index) const {
    const SiteDraft& site = draft_.sites[index];
    std::vector<std::string> patterns, labels;
    const bool tied = is_in_a_tie(index);
    if (!tied && !is_pruned(index)) return {};
    for (const PathPattern& pattern : site.patterns) patterns.push_back(to_string(pattern));
    for (const auto& [label, value] : site.where)
      if (tied) labels.push_back(label + " = " + value);
    return "site " + site.name + " = " + list(patterns) + (labels.empty() ? "" : " where " + list(labels)) + "\n";
  }

  std::string strategy(std::size_t index) const {
    const StrategyDraft& strategy = draft_.strategies[index];
    const bool extends = index > 0 && !strategy.from_graph && !draft_.strategies[index - 1].from_graph;
    std::string text = "strategy " + strategy.name + " \"" + strategy.text + "\"";
    if (extends) text += " extends " + draft_.strategies[index - 1].name;
    text += " {\n";
    std::vector<std::size_t> pruned = strategy.pruned, ties = strategy.ties;
    for (std::size_t before = 0; !extends && before < index; ++before) {
      const StrategyDraft& milder = draft_.strategies[before];
      pruned.insert(pruned.end(), milder.pruned.begin(), milder.pruned.end());
      ties.insert(ties.end(), milder.ties.begin(), milder.ties.end());
    }
    std::sort(pruned.begin(), pruned.end());
    text += "  prune " + names(pruned) + "\n";
    if (strategy.from_graph) {
      text += comment("No ties between these sites would hold, so what the graph couples is tied: " + strategy.no_ties_since + ".", "  ");
      text += "  tie from graph by quota\n";
    }
    for (const std::size_t t : ties) {
      if (!strategy.from_graph) text += tie(draft_.ties[t]);
    }
    if (!extends && !draft_.grouped.empty()) text += "  groups keep\n";
    if (!extends && draft_.by_filters) text += "  score weight l2\n";
    return text + "}\n";
  }

  bool by_filters() const { return draft_.by_filters; }

  /// "`bn2`, `down` and `stem`".
  std::string all_of(const std::vector<std::size_t>& sites) const {
    std::string text;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      text += (i == 0 ? "`" : i + 1 == sites.size() ? " and `" : ", `") + draft_.sites[sites[i]].name + "`";
    }
    return text;
  }

 private:
  static bool contains(const std::vector<std::size_t>& list, std::size_t site) {
    return std::find(list.begin(), list.end(), site) != list.end();
  }

  /// By a strategy that has ties of its own.
  bool is_in_a_tie(std::size_t site) const {
    bool found = false;
    for (std::size_t i = 0; i < draft_.strategies.size(); ++i) {
      for (std::size_t s = 0; s <= i && !draft_.strategies[i].from_graph; ++s) {
        for (const std::size_t t : draft_.strategies[s].ties) {
          found = found || contains(draft_.ties[t].voters, site) || contains(draft_.ties[t].carried, site);
        }
      }
    }
    return found;
  }

  bool is_pruned(std::size_t site) const {
    return std::any_of(draft_.strategies.begin(), draft_.strategies.end(),
                       [&](const StrategyDraft& s) { return contains(s.pruned, site); });
  }

  std::string names(const std::vector<std::size_t>& sites) const {
    std::vector<std::string> words;
    for (const std::size_t site : sites) words.push_back(draft_.sites[site].name);
    return list(words);
  }

  std::string tie(const TieDraft& tie) const {
    std::string text = tie.concatenation ? "  concat-propagate " : "  tie ";
    text += names(tie.voters);
    if (!tie.across.empty()) text += " across " + list(tie.across);
    text += tie.concatenation ? " by mean" : " by quota";
    if (!tie.carried.empty()) text += " carrying " + names(tie.carried);
    return text + "\n";
  }

  const RuleDraft& draft_;
};

std::string tie_comment(const TieDraft& tie, const Writer& writer) {
  std::vector<std::size_t> members = tie.voters;
  members.insert(members.end(), tie.carried.begin(), tie.carried.end());
  std::string text = (writer.by_filters() ? "The layers of " : "The norms of ") + writer.all_of(members);
  text += tie.concatenation ? " share some of their channels: " : " keep the same channels";
  if (!tie.concatenation) text += (tie.across.empty() ? "" : " for each " + joined(tie.across)) + ": ";
  text += tie.reasons.empty() ? "they read the same values" : "they are " + joined(tie.reasons);
  return comment(text + ".");
}

std::string header_comment(const RuleDraft& draft, const std::string& model, const Writer& writer) {
  const std::string counted = draft.by_filters ? " layers, scored by their filters since no norm has a scale, " : " norms, ";
  std::string text =
      comment("Drafted by `prunec infer` from " + model + ": " + std::to_string(draft.norms) + counted + std::to_string(draft.prunable) +
              " of which can lose channels." + (draft.ties.empty() ? "" : " What couples:"));
  for (const TieDraft& tie : draft.ties) text += tie_comment(tie, writer);
  std::vector<std::size_t> alone = draft.alone_inside;
  alone.insert(alone.end(), draft.alone_outside.begin(), draft.alone_outside.end());
  std::sort(alone.begin(), alone.end());
  if (!alone.empty()) {
    text += comment(std::string("No other ") + (draft.by_filters ? "layer" : "norm") + " has the channels of " + writer.all_of(alone) +
                    ": " + (alone.size() == 1 ? "it is" : "they are") + " free.");
  }
  if (!draft.grouped.empty()) text += comment("Convolutions in groups keep their groups: " + some_of(draft.grouped) + ".");
  for (const WholeDraft& whole : draft.whole) {
    text += comment(std::string(whole.partly ? "Partly whole: " : "Left whole: ") + some_of(whole.norms) + ", since " + whole.reason +
                    (whole.first_at.empty() ? "" : (whole.norms.size() > 1 ? ", first at `" : ", at `") + whole.first_at + "`") + ".");
  }
  return text;
}

}  // namespace

std::string rule_text(const RuleDraft& draft, const std::string& architecture, const std::string& model) {
  const Writer writer(draft);
  std::string text = "prunec 1\narchitecture " + architecture + "\n\n" + header_comment(draft, model, writer) + "\n";
  for (std::size_t site = 0; site < draft.sites.size(); ++site) text += writer.site(site);
  for (std::size_t i = 0; i < draft.strategies.size(); ++i) text += "\n" + writer.strategy(i);
  return text;
}

}  // namespace prunec::infer

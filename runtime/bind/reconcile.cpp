// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/reconcile.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/channels/channel_classes.h"

namespace prunec {

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string comma_list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

/// The module that runs it; the model's own forward has no name to print.
Place place_of(const Coupling& coupling) {
  return coupling.layer.empty() ? Place{} : Place{LayerPlace{coupling.layer}};
}

/// Checks the sets one by one for members that no tie holds together.
class MissingTies {
 public:
  MissingTies(const Declaration& declaration, const ChannelGraph& graph, const SiteMatcher& matcher)
      : declaration_(declaration), graph_(graph), matcher_(matcher) {}

  void check(const CoupledSet& set, Diagnostics& diagnostics) const {
    const auto pruned = std::find_if(set.members.begin(), set.members.end(), [&](const SetMember& m) { return of(m).pruned != nullptr; });
    if (pruned == set.members.end()) return;
    // The tie of the first tied pruned member is the one that the others have to join.
    const auto tied =
        std::find_if(set.members.begin(), set.members.end(), [&](const SetMember& m) { return of(m).pruned && of(m).tie_group; });
    const SetMember& anchor = tied == set.members.end() ? *pruned : *tied;
    std::vector<const SetMember*> missing;
    for (const SetMember& member : set.members) {
      const bool same_tie = of(member).tie_group && of(member).tie_group == of(anchor).tie_group;
      if (member.norm != anchor.norm && !same_tie) missing.push_back(&member);
    }
    if (!missing.empty()) diagnostics.push_back(report(anchor, missing));
  }

 private:
  const NormDeclaration& of(const SetMember& member) const { return declaration_.norms[member.norm]; }
  const std::string& path(const SetMember& member) const { return graph_.norms[member.norm].path; }
  ChannelId first_channel(const SetMember& member) const { return graph_.norms[member.norm].ids[member.positions.front()]; }

  Diagnostic report(const SetMember& anchor, const std::vector<const SetMember*>& missing) const {
    std::vector<std::string> paths;
    for (const SetMember* member : missing) add_once(paths, "`" + path(*member) + "`");
    Diagnostic diagnostic{Code::kP0506, "the model couples `" + path(anchor) + "` with " + join(paths) + ", but the rules let them differ"};
    const NormDeclaration& rules = of(anchor);
    const Tie* tie = rules.tie_group ? declaration_.ties[*rules.tie_group].tie.get() : nullptr;
    diagnostic.place = tie ? tie->origin : rules.pruned->origin;
    add_notes(anchor, missing, diagnostic);
    diagnostic.help = help(anchor, missing, tie);
    return diagnostic;
  }

  /// The operations that couple the missing members with the anchor, each once, in the order of the chains.
  void add_notes(const SetMember& anchor, const std::vector<const SetMember*>& missing, Diagnostic& diagnostic) const {
    constexpr std::size_t kMostNotes = 4;
    std::set<const Coupling*> named;
    for (const SetMember* member : missing) {
      for (const Coupling* coupling : chain_between(graph_, first_channel(anchor), first_channel(*member))) {
        if (!named.insert(coupling).second || diagnostic.notes.size() == kMostNotes) continue;
        diagnostic.notes.push_back({place_of(*coupling), "their channels are " + wording(*coupling)});
      }
    }
  }

  static std::string wording(const Coupling& coupling) {
    return coupling.what.starts_with("the ") ? "the same through " + coupling.what : coupling.what;
  }

  /// How the rules name the missing members.
  struct Names {
    std::vector<std::string> pruned;   ///< sites that a statement prunes
    std::vector<std::string> others;   ///< sites that none does
    std::vector<std::string> unnamed;  ///< layers that no site of the strategy stands for
  };

  Names names_of(const std::vector<const SetMember*>& missing) const {
    Names names;
    for (const SetMember* member : missing) {
      const auto site = matcher_.site_of(member->norm);
      if (!site) {
        add_once(names.unnamed, "`" + path(*member) + "`");
      } else {
        add_once(of(*member).pruned ? names.pruned : names.others, *site);
      }
    }
    return names;
  }

  std::string help(const SetMember& anchor, const std::vector<const SetMember*>& missing, const Tie* tie) const {
    const Names names = names_of(missing);
    if (tie && !names.pruned.empty() && names_all(tie->sites, names.pruned)) {
      return "these sites are in the tie, but apart: tie across a label whose value they share, not across `" + comma_list(tie->across) +
             "`";
    }
    std::string advice = tie ? in_tie(*tie, names) : in_new_tie(anchor, names);
    if (names.unnamed.empty()) return advice;
    if (!advice.empty()) advice += ", and ";
    return advice + "declare a site for " + join(names.unnamed) + " and carry it in the tie";
  }

  static std::string in_tie(const Tie& tie, const Names& names) {
    if (!names.pruned.empty()) return "tie " + comma_list(names.pruned) + " too, in the same statement";
    if (names.others.empty()) return {};
    std::vector<std::string> carried;
    for (const SiteUse& use : tie.carrying) carried.push_back(use.name);
    for (const std::string& site : names.others) add_once(carried, site);
    return "write `carrying " + comma_list(carried) + "` in the tie";
  }

  std::string in_new_tie(const SetMember& anchor, const Names& names) const {
    std::vector<std::string> voters{matcher_.site_of(anchor.norm).value_or(path(anchor))};
    for (const std::string& site : names.pruned) add_once(voters, site);
    const std::string carrying = names.others.empty() ? "" : " carrying " + comma_list(names.others);
    return "add `tie " + comma_list(voters) + " across ..." + carrying + "`, over the label that these sites share";
  }

  static bool names_all(const std::vector<SiteUse>& uses, const std::vector<std::string>& sites) {
    return std::all_of(sites.begin(), sites.end(), [&](const std::string& site) {
      return std::any_of(uses.begin(), uses.end(), [&](const SiteUse& use) { return use.name == site; });
    });
  }

  const Declaration& declaration_;
  const ChannelGraph& graph_;
  const SiteMatcher& matcher_;
};

/// Norms that share channels, by way of others too, among the members of one tie.
std::vector<std::vector<std::size_t>> components(const TieGroup& group, const std::vector<CoupledSet>& sets) {
  std::map<std::size_t, std::size_t> component;
  for (const std::size_t norm : group.members()) component.emplace(norm, norm);
  for (const CoupledSet& set : sets) {
    std::vector<std::size_t> inside;
    for (const SetMember& member : set.members) {
      if (component.contains(member.norm)) inside.push_back(member.norm);
    }
    for (const std::size_t norm : inside) {
      const std::size_t from = component[norm];
      const std::size_t to = component[inside.front()];
      for (auto& entry : component) {
        if (entry.second == from) entry.second = to;
      }
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> parts;
  for (const auto& [norm, leader] : component) parts[leader].push_back(norm);
  std::vector<std::vector<std::size_t>> result;
  for (auto& part : parts) result.push_back(std::move(part.second));
  std::sort(result.begin(), result.end());
  return result;
}

void check_over_tie(const TieGroup& group, const std::vector<CoupledSet>& sets, const ChannelGraph& graph, Diagnostics& diagnostics) {
  auto parts = components(group, sets);
  if (parts.size() < 2) return;
  if (group.concatenation) {
    // Several concatenations are fine, but every norm must share channels with some other.
    const auto alone = std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part.size() == 1; });
    if (alone == parts.end()) return;
    std::rotate(parts.begin(), alone, std::next(alone));
    parts.resize(2);
  }
  std::string where;
  for (const auto& [label, value] : group.across) where += (where.empty() ? " for " : ", ") + label + " " + value;
  const std::string what = group.concatenation ? "`concat-propagate`" : "the tie";
  Diagnostic diagnostic{Code::kP0507, what + " holds `" + graph.norms[parts[0].front()].path + "` and `" +
                                          graph.norms[parts[1].front()].path + "` together" + where + ", but they share no channel"};
  diagnostic.place = group.tie->origin;
  constexpr std::size_t kMostParts = 4;
  for (std::size_t i = 0; i < std::min(parts.size(), kMostParts); ++i) {
    std::vector<std::string> paths;
    for (const std::size_t norm : parts[i]) paths.push_back("`" + graph.norms[norm].path + "`");
    diagnostic.notes.push_back({LayerPlace{graph.norms[parts[i].front()].path},
                                join(paths) + (paths.size() == 1 ? " lies on a stream of its own" : " lie on one stream")});
  }
  diagnostic.help = "tie across a label that has one value on each stream, or tie only sites whose channels the model adds or multiplies";
  diagnostics.push_back(std::move(diagnostic));
}

}  // namespace

Diagnostics reconcile(const Declaration& declaration, const std::vector<CoupledSet>& sets, const ChannelGraph& graph,
                      const SiteMatcher& matcher) {
  Diagnostics diagnostics;
  const MissingTies missing_ties(declaration, graph, matcher);
  for (const CoupledSet& set : sets) {
    if (declaration.from_graph == nullptr) missing_ties.check(set, diagnostics);
  }
  for (const TieGroup& group : declaration.ties) check_over_tie(group, sets, graph, diagnostics);
  return diagnostics;
}

}  // namespace prunec

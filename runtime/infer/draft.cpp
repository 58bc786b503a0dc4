// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/draft.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/infer/comments.h"
#include "runtime/infer/patterns.h"
#include "runtime/infer/relations.h"
#include "runtime/infer/site_names.h"

namespace prunec::infer {

namespace {

constexpr const char* kStreamLabel = "stream";

class Drafter {
 public:
  explicit Drafter(const ModelFacts& facts) : graph_(facts.graph), streams_(read_streams(facts.graph)) {
    for (const NormSite& norm : graph_.norms) paths_.push_back(norm.path);
    general_ = general_paths();
    families_ = families_of(streams_, general_);
    relations_ = relations_of(families_, streams_);
    names_ = names_of(families_, relations_, general_, streams_);
    join_relations();
  }

  RuleDraft run() {
    for (const NormRole& role : streams_.norms) {
      draft_.norms += role.scored ? 1 : 0;
      draft_.prunable += role.scored && role.prunable ? 1 : 0;
    }
    for (const Relation& relation : relations_) add_relation(relation);
    for (std::size_t f = 0; f < families_.size(); ++f) {
      if (families_[f].sharing == Sharing::kAlone && !in_a_tie_.contains(f)) add_alone(f);
    }
    in_execution_order();
    add_strategies();
    draft_.by_filters = streams_.by_filters;
    draft_.whole = whole_norms(graph_, streams_);
    draft_.grouped = grouped_layers(graph_, streams_);
    return std::move(draft_);
  }

 private:
  /// Beside norms, layers that no norm follows have no site, and say nothing about how a network is built.
  std::vector<GeneralPath> general_paths() const {
    std::vector<std::string> used;
    for (std::size_t norm = 0; norm < paths_.size(); ++norm) {
      if (streams_.norms[norm].scored) used.push_back(paths_[norm]);
    }
    std::vector<GeneralPath> found = generalise(used), all;
    for (std::size_t norm = 0, next = 0; norm < paths_.size(); ++norm)
      all.push_back(streams_.norms[norm].scored ? std::move(found[next++]) : GeneralPath{});
    return all;
  }

  /// What goes by one name in two relations, such as the depthwise norms of the blocks with an expansion and of the one without, is told in
  /// one statement where the same labels tell the streams of both apart.
  void join_relations() {
    for (std::size_t a = 0; a < relations_.size(); ++a) {
      for (std::size_t b = a + 1; b < relations_.size(); ++b) {
        if (relations_[a].shares_some || relations_[b].shares_some || !have_a_name_in_common(relations_[a], relations_[b])) continue;
        Relation both{relations_[a].families, relations_[a].streams, false};
        both.families.insert(both.families.end(), relations_[b].families.begin(), relations_[b].families.end());
        both.streams.insert(both.streams.end(), relations_[b].streams.begin(), relations_[b].streams.end());
        std::sort(both.families.begin(), both.families.end());
        std::sort(both.streams.begin(), both.streams.end());
        if (!labels_across(both, families_, general_, streams_)) continue;
        relations_[a] = std::move(both);
        relations_.erase(relations_.begin() + static_cast<std::ptrdiff_t>(b));
        b = a;
      }
    }
  }

  bool have_a_name_in_common(const Relation& a, const Relation& b) const {
    return std::any_of(a.families.begin(), a.families.end(), [&](std::size_t f) {
      return std::any_of(b.families.begin(), b.families.end(), [&](std::size_t g) { return names_[f] == names_[g]; });
    });
  }

  std::size_t add_site(const std::string& name, std::vector<std::size_t> norms, Labels where, const std::set<std::string>& kept) {
    std::sort(norms.begin(), norms.end());
    auto patterns = exact_patterns(norms, general_, paths_, kept);
    draft_.sites.push_back({name, std::move(patterns), std::move(where), std::move(norms)});
    return draft_.sites.size() - 1;
  }

  /// Where the network says the same of several families under one name, they are one site.
  std::size_t site_for(std::vector<std::size_t>& sites, const std::string& name, const std::vector<std::size_t>& norms, const Labels& where,
                       const std::set<std::string>& kept) {
    const auto known = std::find_if(sites.begin(), sites.end(), [&](std::size_t s) { return draft_.sites[s].name == name; });
    if (known == sites.end() || !where.empty() || !draft_.sites[*known].where.empty()) {
      sites.push_back(add_site(name, norms, where, kept));
      return sites.back();
    }
    SiteDraft& site = draft_.sites[*known];
    site.norms.insert(site.norms.end(), norms.begin(), norms.end());
    std::sort(site.norms.begin(), site.norms.end());
    site.patterns = exact_patterns(site.norms, general_, paths_, kept);
    return *known;
  }

  void add_alone(std::size_t f) {
    const Family& family = families_[f];
    const bool inside = !general_[family.norms.front()].block.empty();
    site_for(inside ? draft_.alone_inside : draft_.alone_outside, names_[f], family.norms, {}, {});
  }

  void add_relation(const Relation& relation) {
    TieDraft tie;
    tie.concatenation = relation.shares_some;
    tie.inside = lies_inside(relation, general_, streams_);
    tie.reasons = reasons_for(relation, graph_, streams_);
    const std::vector<bool> votes = voters_of(relation, families_, streams_);
    if (relation.shares_some) {
      add_members(tie, relation, votes, {{}, std::vector<Labels>(relation.families.size())});
    } else if (const auto extended = with_lone_streams(relation);
               const auto wider = labels_across(extended.relation, extended.families, general_, streams_)) {
      families_ = extended.families;
      in_a_tie_.insert(extended.taken.begin(), extended.taken.end());
      add_members(tie, relation, votes, *wider);
    } else if (const auto across = labels_across(relation, families_, general_, streams_)) {
      add_members(tie, relation, votes, *across);
    } else {
      add_stream_by_stream(tie, relation);
    }
    draft_.ties.push_back(std::move(tie));
  }

  struct Extended {
    Relation relation;
    std::vector<Family> families;
    std::vector<std::size_t> taken;
  };

  /// With the norms of the same families that happen to lie alone, as the last norm of a stage of one block does.
  Extended with_lone_streams(const Relation& relation) const {
    Extended extended{relation, families_, {}};
    for (const std::size_t f : relation.families) {
      for (std::size_t alone = 0; alone < families_.size(); ++alone) {
        const Family& other = families_[alone];
        if (other.sharing != Sharing::kAlone || other.shape != families_[f].shape || other.depthwise != families_[f].depthwise) continue;
        auto& norms = extended.families[f].norms;
        norms.insert(norms.end(), other.norms.begin(), other.norms.end());
        std::sort(norms.begin(), norms.end());
        extended.taken.push_back(alone);
      }
    }
    return extended;
  }

  void add_members(TieDraft& tie, const Relation& relation, const std::vector<bool>& votes, const Across& across) {
    tie.across = across.labels;
    const std::set<std::string> kept(across.labels.begin(), across.labels.end());
    for (std::size_t i = 0; i < relation.families.size(); ++i) {
      const std::size_t f = relation.families[i];
      site_for(votes[i] ? tie.voters : tie.carried, names_[f], families_[f].norms, across.by_hand[i], kept);
    }
  }

  /// No label of the paths tells the streams apart: each gets its own sites.
  void add_stream_by_stream(TieDraft& tie, const Relation& relation) {
    tie.across = {kStreamLabel};
    std::map<std::size_t, std::size_t> streams_per_family;
    for (const std::size_t f : relation.families) {
      std::set<std::size_t> streams;
      for (const std::size_t norm : families_[f].norms) streams.insert(streams_.norms[norm].stream);
      streams_per_family[f] = streams.size();
    }
    for (std::size_t k = 0; k < relation.streams.size(); ++k) {
      const std::string number = std::to_string(k + 1);
      const bool one_repeats = std::any_of(relation.families.begin(), relation.families.end(),
                                           [&](std::size_t f) { return norms_on(families_[f], relation.streams[k]).size() > 1; });
      std::vector<std::size_t> voting, families_voting;
      for (const std::size_t f : relation.families) {
        const auto here = norms_on(families_[f], relation.streams[k]);
        if (here.empty()) continue;
        if (here.size() > 1 || !one_repeats) {
          voting.insert(voting.end(), here.begin(), here.end());
          families_voting.push_back(f);
        } else {
          const std::string name = names_[f] + (streams_per_family[f] > 1 ? numbered(names_[f], number) : "");
          tie.carried.push_back(add_site(name, here, {{kStreamLabel, number}}, {}));
        }
      }
      const std::string& name = names_[families_voting.front()];
      const bool plain = families_voting.size() == 1 && numbered(name, number) == number;
      tie.voters.push_back(add_site((plain ? name : kStreamLabel) + number, voting, {{kStreamLabel, number}}, {}));
    }
  }

  /// `7` behind `project`, `-7` behind `bn2`.
  static std::string numbered(const std::string& name, const std::string& number) {
    return name.back() >= '0' && name.back() <= '9' ? "-" + number : number;
  }

  std::vector<std::size_t> norms_on(const Family& family, std::size_t stream) const {
    std::vector<std::size_t> norms;
    for (const std::size_t norm : family.norms) {
      if (streams_.norms[norm].stream == stream) norms.push_back(norm);
    }
    return norms;
  }

  /// Sites as the model runs, with names that differ.
  void in_execution_order() {
    std::vector<std::size_t> order(draft_.sites.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return draft_.sites[a].norms.front() < draft_.sites[b].norms.front(); });
    std::vector<std::size_t> place(order.size());
    std::vector<SiteDraft> sites;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      sites.push_back(std::move(draft_.sites[order[i]]));
      sites.back().name = unique_name(sites.back().name, taken);
    }
    draft_.sites = std::move(sites);
    const auto moved = [&](std::vector<std::size_t>& list) {
      for (std::size_t& site : list) site = place[site];
      std::sort(list.begin(), list.end());
    };
    moved(draft_.alone_inside);
    moved(draft_.alone_outside);
    for (TieDraft& tie : draft_.ties) {
      moved(tie.voters);
      moved(tie.carried);
    }
  }

  /// Adds a strategy when it prunes more than the one before it.
  void add_strategy(StrategyDraft strategy) {
    for (const std::size_t tie : strategy.ties) {
      const auto& voters = draft_.ties[tie].voters;
      strategy.pruned.insert(strategy.pruned.end(), voters.begin(), voters.end());
    }
    std::sort(strategy.pruned.begin(), strategy.pruned.end());
    if (!strategy.pruned.empty()) draft_.strategies.push_back(std::move(strategy));
  }

  std::vector<std::size_t> ties_where(bool inside, bool concatenation) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < draft_.ties.size(); ++i) {
      const TieDraft& tie = draft_.ties[i];
      if (tie.concatenation == concatenation && (concatenation || tie.inside == inside)) found.push_back(i);
    }
    return found;
  }

  void add_strategies() {
    add_strategy({"inner", "only inside the blocks", draft_.alone_inside, ties_where(true, false), false});
    const auto sums = ties_where(false, false), concatenations = ties_where(false, true);
    const bool only_more = sums.empty() && concatenations.empty();
    const char* const rest = only_more                ? "the layers outside of them too"
                             : concatenations.empty() ? "the streams too"
                                                      : "the concatenations too";
    if (!sums.empty() && !concatenations.empty()) add_strategy({"streams", "the streams too", {}, sums, false});
    const bool apart = !sums.empty() && !concatenations.empty();
    StrategyDraft all{"all", rest, draft_.alone_outside, apart ? concatenations : sums, false};
    if (!apart) all.ties.insert(all.ties.end(), concatenations.begin(), concatenations.end());
    add_strategy(std::move(all));
    if (draft_.strategies.empty()) return;
    draft_.strategies.back().name = "all";
    if (draft_.strategies.size() == 1) draft_.strategies.back().text = "whatever can be pruned";
  }

  const ChannelGraph& graph_;
  Streams streams_;
  std::vector<std::string> paths_;
  std::vector<GeneralPath> general_;
  std::vector<Family> families_;
  std::vector<Relation> relations_;
  std::vector<std::string> names_;
  std::set<std::size_t> in_a_tie_;  ///< families of norms that are alone, but named in a tie
  RuleDraft draft_;
};

}  // namespace

RuleDraft draft_rules(const ModelFacts& facts) {
  return Drafter(facts).run();
}

}  // namespace prunec::infer

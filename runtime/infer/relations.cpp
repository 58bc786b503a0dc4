// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/relations.h"

#include <algorithm>
#include <map>
#include <set>

namespace prunec::infer {

namespace {

std::set<std::size_t> streams_of(const Family& family, const Streams& streams) {
  std::set<std::size_t> found;
  for (const std::size_t norm : family.norms) found.insert(streams.norms[norm].stream);
  return found;
}

bool meet(const std::set<std::size_t>& a, const std::set<std::size_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](std::size_t stream) { return b.contains(stream); });
}

std::optional<Labels> restricted(const Labels& labels, const std::vector<std::string>& names) {
  Labels found;
  for (const std::string& name : names) {
    const auto label = labels.find(name);
    if (label == labels.end()) return std::nullopt;
    found.insert(*label);
  }
  return found;
}

/// Tries one choice of labels.
class Trial {
 public:
  Trial(const Relation& relation, const std::vector<Family>& families, const std::vector<GeneralPath>& general, const Streams& streams)
      : relation_(relation), families_(families), general_(general), streams_(streams) {}

  std::optional<Across> run(const std::vector<std::string>& names) {
    key_of_.clear();
    stream_of_.clear();
    std::vector<std::size_t> by_hand;
    for (const std::size_t f : relation_.families) {
      const bool one_stream = streams_of(families_[f], streams_).size() == 1;
      if (one_stream && families_[f].norms.size() == 1) {
        by_hand.push_back(f);  // it may join by what its path says, or by hand
      } else if (!add(families_[f], names)) {
        return std::nullopt;
      }
    }
    std::erase_if(by_hand, [&](std::size_t f) { return add(families_[f], names); });
    Across across{names, {}};
    for (const std::size_t f : relation_.families) {
      Labels labels;
      if (std::find(by_hand.begin(), by_hand.end(), f) != by_hand.end()) {
        const auto key = key_of_.find(streams_.norms[families_[f].norms.front()].stream);
        if (key == key_of_.end()) return std::nullopt;
        labels = key->second;
      }
      across.by_hand.push_back(std::move(labels));
    }
    return across;
  }

 private:
  /// Whether streams and labels stay one to one.
  bool add(const Family& family, const std::vector<std::string>& names) {
    for (const std::size_t norm : family.norms) {
      const auto key = restricted(general_[norm].labels, names);
      if (!key) return false;
      const std::size_t stream = streams_.norms[norm].stream;
      const auto known_key = key_of_.find(stream);
      const auto known_stream = stream_of_.find(*key);
      if (known_key != key_of_.end() && known_key->second != *key) return false;
      if (known_stream != stream_of_.end() && known_stream->second != stream) return false;
      key_of_.emplace(stream, *key);
      stream_of_.emplace(*key, stream);
    }
    return true;
  }

  const Relation& relation_;
  const std::vector<Family>& families_;
  const std::vector<GeneralPath>& general_;
  const Streams& streams_;
  std::map<std::size_t, Labels> key_of_;
  std::map<Labels, std::size_t> stream_of_;
};

std::vector<std::string> label_names(const Relation& relation, const std::vector<Family>& families,
                                     const std::vector<GeneralPath>& general) {
  std::vector<std::string> names;
  for (const std::size_t f : relation.families) {
    for (const std::string& name : capture_names(general[families[f].norms.front()].pattern)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  constexpr std::size_t kMostLabels = 6;
  names.resize(std::min(names.size(), kMostLabels));
  return names;
}

}  // namespace

std::vector<Relation> relations_of(const std::vector<Family>& families, const Streams& streams) {
  std::vector<Relation> relations;
  for (std::size_t f = 0; f < families.size(); ++f) {
    if (families[f].sharing == Sharing::kAlone) continue;
    const bool some = families[f].sharing == Sharing::kSome;
    const auto mine = streams_of(families[f], streams);
    Relation joined{{}, {mine.begin(), mine.end()}, some};
    // All that it meets becomes one with it. A concatenation is told in one statement, whatever its streams.
    std::erase_if(relations, [&](const Relation& relation) {
      const bool one = relation.shares_some == some && (some || meet(mine, {relation.streams.begin(), relation.streams.end()}));
      if (one) {
        joined.families.insert(joined.families.end(), relation.families.begin(), relation.families.end());
        joined.streams.insert(joined.streams.end(), relation.streams.begin(), relation.streams.end());
      }
      return one;
    });
    joined.families.push_back(f);
    std::sort(joined.families.begin(), joined.families.end());
    std::sort(joined.streams.begin(), joined.streams.end());
    joined.streams.erase(std::unique(joined.streams.begin(), joined.streams.end()), joined.streams.end());
    relations.push_back(std::move(joined));
  }
  std::sort(relations.begin(), relations.end(), [](const Relation& a, const Relation& b) { return a.families < b.families; });
  return relations;
}

std::optional<Across> labels_across(const Relation& relation, const std::vector<Family>& families, const std::vector<GeneralPath>& general,
                                    const Streams& streams) {
  const std::vector<std::string> names = label_names(relation, families, general);
  Trial trial(relation, families, general, streams);
  std::vector<std::vector<std::string>> choices;
  for (std::size_t bits = 0; bits < (std::size_t{1} << names.size()); ++bits) {
    std::vector<std::string> choice;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i) & 1U) choice.push_back(names[i]);
    }
    choices.push_back(std::move(choice));
  }
  std::stable_sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  for (const auto& choice : choices) {
    if (auto across = trial.run(choice)) return across;
  }
  return std::nullopt;
}

std::vector<bool> voters_of(const Relation& relation, const std::vector<Family>& families, const Streams& streams) {
  std::vector<std::map<std::size_t, std::size_t>> counts(relation.families.size());  // by stream
  std::vector<bool> votes(relation.families.size(), false);
  for (std::size_t i = 0; i < relation.families.size(); ++i) {
    const Family& family = families[relation.families[i]];
    for (const std::size_t norm : family.norms) {
      if (++counts[i][streams.norms[norm].stream] > 1 && family.prunable) votes[i] = true;
    }
  }
  for (const std::size_t stream : relation.streams) {
    bool voted = false;
    for (std::size_t i = 0; i < votes.size(); ++i) voted = voted || (votes[i] && counts[i].contains(stream));
    for (std::size_t i = 0; i < votes.size() && !voted; ++i) {
      if (counts[i].contains(stream) && families[relation.families[i]].prunable) votes[i] = true;
    }
  }
  return votes;
}

bool lies_inside(const Relation& relation, const std::vector<GeneralPath>& general, const Streams& streams) {
  std::size_t inside = 0, all = 0;
  for (const std::size_t stream : relation.streams) {
    const auto& norms = streams.streams[stream].norms;
    const std::string& block = general[norms.front()].block;
    const bool in_one = !block.empty() && std::all_of(norms.begin(), norms.end(), [&](std::size_t n) { return general[n].block == block; });
    inside += in_one ? norms.size() : 0;
    all += norms.size();
  }
  return 2 * inside > all;
}

}  // namespace prunec::infer

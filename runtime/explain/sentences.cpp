// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/explain/sentences.h"

#include <algorithm>
#include <cstdio>

namespace prunec {

namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

template <typename List, typename Text>
std::string listed(const List& list, Text text) {
  std::string joined;
  for (std::size_t i = 0; i < list.size(); ++i) joined += (i == 0 ? "" : i + 1 == list.size() ? " and " : ", ") + text(list[i]);
  return joined;
}

std::string quoted(const std::string& path) {
  return "`" + path + "`";
}

std::string places(const std::vector<StatementPlace>& statements) {
  return listed(statements, [](const StatementPlace& place) {
    return "`" + place.keyword + "` at " + place.origin.file + ":" + std::to_string(place.origin.line) + ":" +
           std::to_string(place.origin.column);
  });
}

/// What a policy makes of several votes.
std::string score_name(const std::string& policy) {
  if (policy == "max" || policy == "all") return "the largest vote";
  if (policy == "min" || policy == "any") return "the smallest vote";
  if (policy == "sum") return "the sum of the votes";
  if (policy == "l2") return "the Euclidean norm of the votes";
  return "the mean of the votes";
}

std::string ranked(std::size_t rank, std::size_t pool) {
  return "rank " + std::to_string(rank) + " of the " + counted(pool, "score") + " that compete, the weakest first";
}

class ChannelSentences {
 public:
  ChannelSentences(const ChannelAnswer& answer, const SetDecision& set) : answer_(answer), set_(set) {}

  std::vector<std::string> write() {
    places_of_channel();
    if (!answer_.kept_because.empty()) {
      say("All " + counted(set_.width, "channel") + " stay: " + answer_.kept_because + ".");
    } else {
      votes();
      rounding();
      budget();
    }
    carried();
    if (!answer_.statements.empty()) say("The rules that speak of it are " + places(answer_.statements) + ".");
    return std::move(sentences_);
  }

 private:
  void say(std::string sentence) { sentences_.push_back(std::move(sentence)); }

  void places_of_channel() {
    if (answer_.same.empty()) return;
    say("The same channel lies at " +
        listed(answer_.same, [](const auto& place) { return quoted(place.first + ":" + std::to_string(place.second)); }) +
        ": it stays in all of them or goes from all.");
  }

  void votes() {
    if (!answer_.score) return say("Nobody votes on it, so it stays.");
    if (answer_.votes.size() == 1) {
      const Vote& vote = answer_.votes.front();
      return say("Its score, that of " + quoted(vote.path) + ", is " + number(vote.score) + ", " + against_threshold(vote.score) +
                 "that is " + ranked(vote.rank, answer_.pool) + ".");
    }
    say("The votes are " +
        listed(answer_.votes,
               [&](const Vote& vote) {
                 return number(vote.score) + " of " + quoted(vote.path) + " (rank " + std::to_string(vote.rank) + ")";
               }) +
        ", among " + counted(answer_.pool, "score") + " that compete.");
    if (answer_.policy == "quota" && set_.budget.empty()) return quota();
    say("Under `by " + answer_.policy + "` its score is " + score_name(answer_.policy) + ", " + number(*answer_.score) + ", " +
        against_threshold(*answer_.score) + "that is " + ranked(answer_.rank, answer_.pool) + ".");
  }

  void quota() {
    std::vector<std::string> counts;
    for (const Voter& voter : set_.voters) {
      const auto below = std::count_if(voter.scores.begin(), voter.scores.end(), [&](double score) { return score < answer_.threshold; });
      counts.push_back(std::to_string(below) + " of " + quoted(voter.path));
    }
    const std::size_t quota = set_.voters.front().named.size();
    say("Under `by quota`, " + listed(counts, [](const std::string& text) { return text; }) + " lie below the threshold of " +
        number(answer_.threshold) + ", so each of the " + counted(set_.voters.size(), "voter") + " in turn names its " +
        std::to_string(quota) + " weakest of those still there.");
    const auto named = std::find_if(answer_.votes.begin(), answer_.votes.end(), [](const Vote& vote) { return vote.named; });
    say(named == answer_.votes.end() ? "None of them named this one." : quoted(named->path) + " named this one.");
  }

  /// Why the width is not the one that the votes asked for.
  std::string reason_for_width() const {
    const std::size_t kept = set_.width - set_.removed.size();
    const std::string widths = std::to_string(set_.width - set_.wished.size()) + " to " + std::to_string(kept);
    if (set_.cells > 1) {
      const std::string how = kept == set_.width - set_.wished.size() ? "and the width stays " + std::to_string(kept) : "from " + widths;
      return "each of the " + std::to_string(set_.cells) + " groups that share these channels keeps as many as the others, " + how;
    }
    if (set_.least > 1 && kept >= set_.least && set_.width - set_.wished.size() < set_.least)
      return "the plan keeps at least " + std::to_string(set_.least) + " of them, from " + widths;
    if (set_.multiple > 1 && kept % set_.multiple == 0) {
      const std::string how = set_.rounding == "nearest" ? "to the nearest" : set_.rounding + " to a";
      return "the kept width is rounded " + how + " multiple of " + std::to_string(set_.multiple) + ", from " + widths;
    }
    if (kept == 1 && set_.wished.size() == set_.width) return "a layer keeps at least its strongest channel";
    return "the kept width had to change from " + widths + " to be one that the plan allows";
  }

  void rounding() {
    if (answer_.rounded == Rounded::kGivenBack)
      say("The votes would remove it, but it was given back: " + reason_for_width() + ", and the strongest come back first.");
    if (answer_.rounded == Rounded::kTaken)
      say("The votes would keep it, but it was taken in addition: " + reason_for_width() + ", and the weakest go first.");
  }

  void budget() {
    if (set_.budget.empty()) return;
    const std::size_t kept = set_.width - set_.removed.size();
    say("`" + set_.budget + "` keeps the " + std::to_string(kept) + " strongest of these " + counted(set_.width, "channel") +
        (set_.cells > 1 ? ", as many in each of " + std::to_string(set_.cells) + " groups" : "") +
        ": so the whole network keeps the greatest score within the budget.");
  }

  /// Where a budget decides, there is no threshold to speak of.
  std::string against_threshold(double score) const {
    if (!set_.budget.empty()) return "";
    return (score < answer_.threshold    ? "below"
            : score == answer_.threshold ? "equal to"
                                         : "above") +
           std::string(" the threshold of ") + number(answer_.threshold) + "; ";
  }

  void carried() {
    if (answer_.carried.empty() || !answer_.kept_because.empty()) return;
    say(listed(answer_.carried, quoted) + (answer_.carried.size() == 1 ? " has no vote and follows." : " have no vote and follow."));
  }

  const ChannelAnswer& answer_;
  const SetDecision& set_;
  std::vector<std::string> sentences_;
};

std::string fate(const LayerFate& layer) {
  std::string text = quoted(layer.path) + " keeps " + std::to_string(layer.after) + " of " + counted(layer.before, "channel");
  if (!layer.kept_because.empty()) return text + ": " + layer.kept_because;
  text += layer.budget.empty() ? ": the votes would remove " + std::to_string(layer.below) : ", as `" + layer.budget + "` chose";
  if (layer.given_back > 0) text += ", " + std::to_string(layer.given_back) + " were given back";
  if (layer.taken > 0) text += ", " + std::to_string(layer.taken) + " were taken in addition";
  return text;
}

}  // namespace

std::vector<std::string> sentences_of(const ChannelAnswer& answer, const SetDecision* set) {
  std::vector<std::string> sentences{quoted(answer.question.layer + ":" + std::to_string(answer.question.channel.value_or(0))) +
                                     (answer.removed ? " is removed." : " is kept.")};
  if (set == nullptr) {
    sentences.push_back(answer.kept_because + ".");
    sentences.back().front() = static_cast<char>(std::toupper(static_cast<unsigned char>(sentences.back().front())));
    return sentences;
  }
  for (std::string& sentence : ChannelSentences(answer, *set).write()) sentences.push_back(std::move(sentence));
  return sentences;
}

std::vector<std::string> sentences_of(const LayerAnswer& answer) {
  std::vector<std::string> sentences;
  if (answer.layers.size() != 1 || answer.layers.front().path != answer.question.layer) {
    std::size_t before = 0, after = 0;
    for (const LayerFate& layer : answer.layers) {
      before += layer.before;
      after += layer.after;
    }
    sentences.push_back(quoted(answer.question.layer) + " holds " + counted(answer.layers.size(), "layer") + " that keep " +
                        std::to_string(after) + " of " + counted(before, "channel") + ".");
  }
  for (const LayerFate& layer : answer.layers) sentences.push_back(fate(layer) + ".");
  if (!answer.statements.empty()) {
    const bool one = answer.layers.size() == 1;
    sentences.push_back(std::string("The rules that speak of ") + (one ? "it" : "them") + " are " + places(answer.statements) + ".");
  }
  return sentences;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/support/pruning_rules.h"

namespace prunec::test {

namespace {

using List = std::vector<double>;

/// A vote counts when it is less than the line, or equal and not behind `last`.
struct Line {
  double value = 0;
  std::size_t last = 0;
  bool takes_equal = false;

  bool below(double score, std::size_t place) const { return score < value || (takes_equal && score == value && place <= last); }
};

Line line_of(const List& votes, const std::vector<std::size_t>& mine, const std::variant<Ratio, Threshold>& amount) {
  if (const auto* threshold = std::get_if<Threshold>(&amount)) return {threshold->value, 0, false};
  if (mine.empty()) return {};
  const auto& ratio = std::get<Ratio>(amount);
  std::vector<std::size_t> order = mine;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return votes[a] < votes[b]; });
  const auto wanted = static_cast<std::size_t>(std::floor(static_cast<double>(order.size()) * ratio.fraction));
  Line line{votes[order[wanted]], 0, false};
  if (!ratio.exact || wanted == 0 || votes[order[wanted - 1]] != line.value) return line;
  return {line.value, order[wanted - 1], true};
}

double one_score(Policy policy, const List& votes) {
  const double sum = std::accumulate(votes.begin(), votes.end(), 0.0);
  if (policy == Policy::kMax || policy == Policy::kAll) return *std::max_element(votes.begin(), votes.end());
  if (policy == Policy::kMin || policy == Policy::kAny) return *std::min_element(votes.begin(), votes.end());
  if (policy == Policy::kSum) return sum;
  if (policy == Policy::kL2) return std::sqrt(std::inner_product(votes.begin(), votes.end(), votes.begin(), 0.0));
  return sum / static_cast<double>(votes.size());
}

/// Each voter in turn names so many of its weakest among those of `channels` that are still there.
void name(const std::vector<List>& votes, const std::vector<std::size_t>& channels, std::size_t each, std::vector<bool>& named) {
  for (const List& vote : votes) {
    std::vector<std::size_t> present;
    for (const std::size_t c : channels) {
      if (!named[c]) present.push_back(c);
    }
    std::stable_sort(present.begin(), present.end(), [&](std::size_t a, std::size_t b) { return vote[a] < vote[b]; });
    for (std::size_t i = 0; i < std::min(each, present.size()); ++i) named[present[i]] = true;
  }
}

std::size_t width_for(const CoupledSet& set, std::size_t wanted) {
  std::size_t width = wanted;
  const std::size_t rest = wanted % set.multiple;
  const bool down = set.rounding == Rounding::kDown || (set.rounding == Rounding::kNearest && 2 * rest < set.multiple);
  if (rest != 0) width = down ? wanted - rest : wanted - rest + set.multiple;
  while (width < std::max<std::size_t>(set.least, 1))
    width += width % set.multiple == 0 ? set.multiple : set.multiple - width % set.multiple;
  return std::min(width, set.width);
}

}  // namespace

std::vector<std::vector<bool>> plainly_solved(const BoundPlan& bound, const Scores& scores, const std::variant<Ratio, Threshold>& amount) {
  const double* data = scores.values.const_data_ptr<double>();
  const List votes(data, data + scores.values.numel());
  std::vector<std::vector<std::size_t>> of_pool(bound.pools.size());
  for (const VoterRange& voter : scores.voters) {
    for (std::size_t i = voter.begin; i < voter.end; ++i) of_pool[bound.sets[voter.set].pool].push_back(i);
  }
  std::vector<std::vector<bool>> result;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    std::vector<bool>& removed = result.emplace_back(set.width, false);
    std::vector<List> mine;
    std::size_t first = 0, fewest = set.width;
    const Line line = line_of(votes, of_pool[set.pool], amount);
    for (const VoterRange& voter : scores.voters) {
      if (voter.set != s) continue;
      if (mine.empty()) first = voter.begin;
      mine.emplace_back(votes.begin() + static_cast<std::ptrdiff_t>(voter.begin), votes.begin() + static_cast<std::ptrdiff_t>(voter.end));
      std::size_t count = 0;
      for (std::size_t i = voter.begin; i < voter.end; ++i) count += line.below(votes[i], i) ? 1 : 0;
      fewest = std::min(fewest, count);
    }
    if (mine.empty() || !set.kept_because.empty()) continue;
    std::vector<bool> wished(set.width, false);
    List score;
    for (std::size_t c = 0; c < set.width; ++c) {
      List of_channel;
      for (const List& vote : mine) of_channel.push_back(vote[c]);
      score.push_back(one_score(set.policy, of_channel));
      wished[c] = line.below(score[c], first + c);
    }
    std::vector<std::size_t> everything(set.width);
    std::iota(everything.begin(), everything.end(), std::size_t{0});
    const bool quota = set.policy == Policy::kQuota;
    if (quota) {
      wished.assign(set.width, false);
      name(mine, everything, fewest / mine.size(), wished);
    }
    const auto wanted = static_cast<std::size_t>(std::count(wished.begin(), wished.end(), false));
    const std::size_t going = (set.width - width_for(set, wanted)) / set.cell_count;
    for (std::size_t cell = 0; cell < set.cell_count; ++cell) {
      std::vector<std::size_t> channels = everything;
      std::erase_if(channels, [&](std::size_t c) { return !set.cells.empty() && set.cells[c] != cell; });
      std::vector<int> rank(set.width, 0);
      std::vector<bool> sooner(set.width, false), later(set.width, false);
      if (quota) name(mine, channels, going / mine.size(), sooner), name(mine, channels, (going + mine.size() - 1) / mine.size(), later);
      for (const std::size_t c : channels) rank[c] = quota ? (sooner[c] ? 0 : later[c] ? 1 : 2) : (wished[c] ? 0 : 1);
      std::stable_sort(channels.begin(), channels.end(),
                       [&](std::size_t a, std::size_t b) { return rank[a] != rank[b] ? rank[a] < rank[b] : score[a] < score[b]; });
      for (std::size_t i = 0; i < going; ++i) removed[channels[i]] = true;
    }
  }
  return result;
}

}  // namespace prunec::test

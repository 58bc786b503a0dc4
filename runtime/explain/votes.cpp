// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runtime/explain/decide.h"

namespace prunec {

namespace {

double reduced(Policy policy, const std::vector<double>& votes) {
  switch (policy) {
    case Policy::kMax:
    case Policy::kAll:
      return *std::max_element(votes.begin(), votes.end());
    case Policy::kMin:
    case Policy::kAny:
      return *std::min_element(votes.begin(), votes.end());
    case Policy::kSum:
      return std::accumulate(votes.begin(), votes.end(), 0.0);
    case Policy::kL2:
      return std::sqrt(std::inner_product(votes.begin(), votes.end(), votes.begin(), 0.0));
    case Policy::kMean:
    case Policy::kQuota:
      break;
  }
  return std::accumulate(votes.begin(), votes.end(), 0.0) / static_cast<double>(votes.size());
}

}  // namespace

std::vector<double> scores_under(Policy policy, const std::vector<Voter>& voters) {
  std::vector<double> scores;
  for (std::size_t channel = 0; !voters.empty() && channel < voters.front().scores.size(); ++channel) {
    std::vector<double> votes;
    for (const Voter& voter : voters) votes.push_back(voter.scores[channel]);
    scores.push_back(reduced(policy, votes));
  }
  return scores;
}

std::vector<std::vector<std::size_t>> named_under_quota(const std::vector<Voter>& voters, double threshold) {
  if (voters.empty()) return {};
  std::size_t quota = voters.front().scores.size();
  for (const Voter& voter : voters) {
    const auto below = std::count_if(voter.scores.begin(), voter.scores.end(), [&](double score) { return score < threshold; });
    quota = std::min(quota, static_cast<std::size_t>(below));
  }
  quota /= voters.size();
  std::vector<bool> gone(voters.front().scores.size(), false);
  std::vector<std::vector<std::size_t>> named;
  for (const Voter& voter : voters) {
    std::vector<std::size_t> present;
    for (std::size_t channel = 0; channel < gone.size(); ++channel) {
      if (!gone[channel]) present.push_back(channel);
    }
    std::stable_sort(present.begin(), present.end(), [&](std::size_t a, std::size_t b) { return voter.scores[a] < voter.scores[b]; });
    present.resize(std::min(quota, present.size()));
    std::sort(present.begin(), present.end());
    for (const std::size_t channel : present) gone[channel] = true;
    named.push_back(std::move(present));
  }
  return named;
}

}  // namespace prunec

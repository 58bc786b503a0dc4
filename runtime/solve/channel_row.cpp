// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/channel_row.h"

#include <ATen/ATen.h>

namespace prunec {

namespace {

void append(std::vector<std::int64_t>& list, std::size_t count, std::size_t value) {
  list.insert(list.end(), count, static_cast<std::int64_t>(value));
}

}  // namespace

ChannelRow lay_out(const BoundPlan& bound, const Scores& scores) {
  ChannelRow row;
  std::vector<std::int64_t> set_of, cell_of, pool_of, cell_begins;
  row.begins.push_back(0);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    const std::size_t first_cell = cell_begins.size();
    for (std::size_t cell = 0; cell < set.cell_count; ++cell)
      cell_begins.push_back(row.begins.back() + static_cast<std::int64_t>(set.width / set.cell_count * cell));
    for (std::size_t i = 0; i < set.width; ++i)
      cell_of.push_back(static_cast<std::int64_t>(first_cell + (set.cells.empty() ? 0 : set.cells[i])));
    append(set_of, set.width, s);
    append(pool_of, set.width, set.pool);
    row.begins.push_back(static_cast<std::int64_t>(set_of.size()));
  }
  std::vector<std::int64_t> voter_channel;
  std::vector<std::vector<std::int64_t>> turns;
  std::vector<std::size_t> votes_of_set(bound.sets.size(), 0);
  for (const VoterRange& voter : scores.voters) {
    const std::size_t turn = votes_of_set[voter.set]++;
    if (turns.size() <= turn) turns.resize(turn + 1);
    for (std::size_t i = 0; i < voter.end - voter.begin; ++i) {
      voter_channel.push_back(row.begins[voter.set] + static_cast<std::int64_t>(i));
      turns[turn].push_back(static_cast<std::int64_t>(voter.begin + i));
    }
  }
  const auto on_device = [&](const std::vector<std::int64_t>& list) { return at::tensor(list, at::kLong).to(scores.values.device()); };
  row.set_of = on_device(set_of);
  row.cell_of = on_device(cell_of);
  row.cell_begins = on_device(cell_begins);
  row.pool_of = on_device(pool_of);
  row.voter_channel = on_device(voter_channel);
  for (const auto& turn : turns) row.turns.push_back(on_device(turn));
  row.vote_pool = row.pool_of.index_select(0, row.voter_channel);
  row.voters = at::zeros({row.count()}, scores.values.options());
  row.voters.index_add_(0, row.voter_channel, at::ones_like(scores.values));
  return row;
}

}  // namespace prunec

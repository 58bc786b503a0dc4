// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>

#include "runtime/bind/bound_plan.h"
#include "runtime/solve/channel_row.h"
#include "runtime/solve/scores.h"

namespace prunec {

/// The classical adjustment for ties, for all sets under `quota` at once: with num_i the votes of voter i below the threshold and
/// q = floor(min num_i / n), each of a set's n voters in turn names its q weakest channels among those still there, n * q in all.
class Quota {
 public:
  /// All three must outlive this.
  Quota(const BoundPlan& bound, const Scores& scores, const ChannelRow& row);

  /// Whether any set is under `quota`.
  bool is_asked_for() const { return is_asked_for_; }
  /// bool [channels]: the channel's set is under `quota`.
  const at::Tensor& concerned() const { return concerned_; }

  /// below: bool [votes], those below the threshold; returns int64 [channels], the voter of the set, counted from 0, that named the
  /// channel, -1 for none.
  at::Tensor named(const at::Tensor& below) const;

  /// The order in which channels go when each cell of a set loses so many, whatever the votes wished: those that the voters would name if
  /// each had floor(removals / n) turns in the cell, then those that one more turn would add. So a set that loses more loses the same
  /// channels and others besides.
  ///   removals: int64 [sets]; returns int64 [channels]: 0 goes first, then 1, then 2
  at::Tensor precedence(const at::Tensor& removals) const;

 private:
  /// segments: int64 [channels], each within a set; quota: int64 [segments], how many a voter names there.
  at::Tensor named_in(const at::Tensor& segments, const at::Tensor& quota) const;

  const at::Tensor& values_;
  const ChannelRow& row_;
  bool is_asked_for_ = false;
  at::Tensor concerned_;
  at::Tensor voter_of_;       ///< int64 [votes]
  at::Tensor set_of_voter_;   ///< int64 [voters]
  at::Tensor voters_of_set_;  ///< int64 [sets]: 0 for sets that are not under `quota`
  at::Tensor set_of_cell_;    ///< int64 [cells]
};

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>

namespace prunec {

/// The classical adjustment for a tie of n voters: with num_i the scores of voter i below the threshold and q = floor(min num_i / n),
/// each voter in turn removes its q weakest channels among those still there, n * q in all.
///   votes: float64 [n, channels], voters in execution order
///   returns: bool [channels], true for removed ones, on the same device
at::Tensor quota_removals(const at::Tensor& votes, double threshold);

}  // namespace prunec

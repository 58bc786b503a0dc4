// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>

namespace prunec {

/// The classical adjustment for a tie of n voters: with num_i the votes of voter i below the threshold and q = floor(min num_i / n),
/// each voter in turn names its q weakest channels among those still there, n * q in all.
///   votes: float64 [n, channels], voters in execution order
///   below: bool [n, channels], the votes that lie below the threshold
///   returns: int64 [channels], the voter that named the channel, -1 for none, on the same device
at::Tensor named_under_quota(const at::Tensor& votes, const at::Tensor& below);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>

#include "runtime/solve/channel_row.h"

namespace prunec {

/// Each channel's place in its cell's order of removal, from 0: by precedence, the lowest first, then by score, then by index.
///   scores: float64 [channels]; precedence: int64 [channels]; returns int64 [channels]
at::Tensor removal_rank(const ChannelRow& row, const at::Tensor& scores, const at::Tensor& precedence);

}  // namespace prunec

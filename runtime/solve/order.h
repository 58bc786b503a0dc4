// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>

namespace prunec {

/// The indices of a row in ascending order of its values; equal values stay in the order of their indices, on every device.
at::Tensor ascending_order(const at::Tensor& row);

/// The same, by the first of these rows, then by the second, and so on, then by index.
at::Tensor ascending_order(at::ArrayRef<at::Tensor> rows);

/// Each value's place among those of its segment, from 0: ascending, equal ones by index.
///   segment: int64 [n], below `segments`; returns int64 [n]
at::Tensor rank_within(const at::Tensor& segment, const at::Tensor& values, std::int64_t segments);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/ops/sort.h>
#include <optional>
#include <tuple>

namespace prunec {

/// The indices of a row in ascending order of its values; equal values stay in the order of their indices, on every device.
inline at::Tensor ascending_order(const at::Tensor& row) {
  return std::get<1>(at::sort(row, std::optional<bool>(true), 0, false));
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/order.h"

#include <ATen/ATen.h>
#include <optional>
#include <tuple>

namespace prunec {

at::Tensor ascending_order(const at::Tensor& row) {
  return std::get<1>(at::sort(row, std::optional<bool>(true), 0, false));
}

at::Tensor ascending_order(at::ArrayRef<at::Tensor> rows) {
  // Stable sorts, the weakest key first.
  at::Tensor order = ascending_order(rows.back());
  for (std::size_t key = rows.size() - 1; key-- > 0;) order = order.index_select(0, ascending_order(rows[key].index_select(0, order)));
  return order;
}

at::Tensor rank_within(const at::Tensor& segment, const at::Tensor& values, std::int64_t segments) {
  const at::Tensor order = ascending_order({segment, values});
  const at::Tensor sizes = at::zeros({segments}, segment.options()).index_add(0, segment, at::ones_like(segment));
  const at::Tensor begins = sizes.cumsum(0) - sizes;
  const at::Tensor place = at::arange(order.numel(), order.options()) - begins.index_select(0, segment.index_select(0, order));
  return at::empty_like(order).index_copy(0, order, place);
}

}  // namespace prunec

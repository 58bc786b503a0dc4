// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/removal_rank.h"

#include <ATen/ATen.h>

#include "runtime/solve/order.h"

namespace prunec {

at::Tensor removal_rank(const ChannelRow& row, const at::Tensor& scores, const at::Tensor& precedence) {
  const at::Tensor order = ascending_order({row.cell_of, precedence, scores});
  const at::Tensor rank = at::empty_like(order).index_copy(0, order, at::arange(order.numel(), order.options()));
  return rank - row.cell_begins.index_select(0, row.cell_of);
}

}  // namespace prunec

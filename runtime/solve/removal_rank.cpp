// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/removal_rank.h"

#include <ATen/ATen.h>

#include "runtime/solve/order.h"

namespace prunec {

at::Tensor removal_rank(const ChannelRow& row, const at::Tensor& scores, const at::Tensor& wished) {
  // Stable sorts, the weakest key first.
  at::Tensor order = ascending_order(scores);
  for (const at::Tensor& key : {at::logical_not(wished).to(at::kLong), row.cell_of}) {
    order = order.index_select(0, ascending_order(key.index_select(0, order)));
  }
  at::Tensor rank = at::empty_like(order);
  rank.index_copy_(0, order, at::arange(order.numel(), order.options()));
  return rank - row.cell_begins.index_select(0, row.cell_of);
}

}  // namespace prunec

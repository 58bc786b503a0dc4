// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/thresholds.h"

#include <ATen/ATen.h>

#include "runtime/solve/order.h"

namespace prunec {

at::Tensor Thresholds::below(const at::Tensor& scores, const at::Tensor& places, const at::Tensor& pools) const {
  const at::Tensor line = values.index_select(0, pools);
  const at::Tensor equal = at::logical_and(scores == line, places <= last_equal.index_select(0, pools));
  return at::logical_or(scores < line, equal);
}

Thresholds thresholds_of(const at::Tensor& values, const ChannelRow& row, std::int64_t pools,
                         const std::variant<Ratio, Threshold>& amount) {
  const at::Tensor none = at::full({pools}, -1, row.vote_pool.options());
  if (const auto* absolute = std::get_if<Threshold>(&amount))
    return {at::full({pools}, absolute->value, values.options()), at::zeros_like(none), none};
  const auto& ratio = std::get<Ratio>(amount);
  const at::Tensor order = ascending_order({row.vote_pool, values});
  const at::Tensor sizes = at::zeros({pools}, row.vote_pool.options()).index_add(0, row.vote_pool, at::ones_like(row.vote_pool));
  const at::Tensor begins = sizes.cumsum(0) - sizes;
  const at::Tensor wanted = (sizes.to(at::kDouble) * ratio.fraction).floor().to(at::kLong);
  const at::Tensor last = (values.numel() - 1) + at::zeros_like(sizes);
  const auto vote_at = [&](const at::Tensor& rank) {  // a pool without votes has nothing to say; any index serves it
    return order.index_select(0, at::minimum(begins + rank.clamp_min(0), last));
  };
  Thresholds result{values.index_select(0, vote_at(at::minimum(wanted, sizes - 1))), wanted, none};
  if (!ratio.exact) return result;
  const at::Tensor last_going = vote_at(wanted - 1);
  const at::Tensor is_equal = at::logical_and(wanted > 0, values.index_select(0, last_going) == result.values);
  result.last_equal = at::where(is_equal, last_going, none);
  return result;
}

}  // namespace prunec

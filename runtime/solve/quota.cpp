// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/quota.h"

#include <ATen/ATen.h>
#include <limits>

#include "runtime/solve/order.h"

namespace prunec {

at::Tensor quota_removals(const at::Tensor& votes, double threshold) {
  const std::int64_t voters = votes.size(0);
  const std::int64_t quota = (votes < threshold).sum(1).min().item<std::int64_t>() / voters;
  at::Tensor removed = at::zeros({votes.size(1)}, votes.options().dtype(at::kBool));
  for (std::int64_t voter = 0; voter < voters && quota > 0; ++voter) {
    const at::Tensor present = votes[voter].masked_fill(removed, std::numeric_limits<double>::infinity());
    const at::Tensor weakest = ascending_order(present).narrow(0, 0, quota);
    removed.index_fill_(0, weakest, true);
  }
  return removed;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/quota.h"

#include <ATen/ATen.h>
#include <limits>

#include "runtime/solve/order.h"

namespace prunec {

at::Tensor named_under_quota(const at::Tensor& votes, const at::Tensor& below) {
  const std::int64_t voters = votes.size(0);
  const std::int64_t quota = below.sum(1).min().item<std::int64_t>() / voters;
  at::Tensor named_by = at::full({votes.size(1)}, -1, votes.options().dtype(at::kLong));
  for (std::int64_t voter = 0; voter < voters && quota > 0; ++voter) {
    const at::Tensor present = votes[voter].masked_fill(named_by >= 0, std::numeric_limits<double>::infinity());
    const at::Tensor weakest = ascending_order(present).narrow(0, 0, quota);
    named_by.index_fill_(0, weakest, voter);
  }
  return named_by;
}

}  // namespace prunec

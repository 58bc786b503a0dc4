// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/families.h"

#include <algorithm>

namespace prunec::infer {

std::vector<Family> families_of(const Streams& streams, const std::vector<GeneralPath>& general) {
  std::vector<Family> families;
  for (std::size_t norm = 0; norm < streams.norms.size(); ++norm) {
    const NormRole& role = streams.norms[norm];
    const Stream& stream = streams.streams[role.stream];
    if (!stream.prunable) continue;
    const Sharing sharing = stream.norms.size() == 1 ? Sharing::kAlone : stream.uniform ? Sharing::kAll : Sharing::kSome;
    Family fresh{{norm}, to_string(general[norm].pattern), sharing, role.depthwise, role.prunable};
    const auto known = std::find_if(families.begin(), families.end(), [&](const Family& family) {
      return family.shape == fresh.shape && family.sharing == fresh.sharing && family.depthwise == fresh.depthwise &&
             family.prunable == fresh.prunable;
    });
    if (known == families.end()) {
      families.push_back(std::move(fresh));
    } else {
      known->norms.push_back(norm);
    }
  }
  return families;
}

}  // namespace prunec::infer

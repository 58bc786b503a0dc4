// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include "runtime/trace/channel_graph.h"

namespace prunec {

/// `removed`: true for each channel id that goes.
inline bool stays(ChannelId id, const std::vector<bool>& removed) {
  return id == kNoChannel || !removed[id];
}

/// The positions whose channel stays, sorted.
inline std::vector<std::int64_t> kept_positions(const std::vector<ChannelId>& ids, const std::vector<bool>& removed) {
  std::vector<std::int64_t> kept;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (stays(ids[i], removed)) kept.push_back(static_cast<std::int64_t>(i));
  }
  return kept;
}

}  // namespace prunec

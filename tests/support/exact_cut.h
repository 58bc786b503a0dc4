// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Removes chosen channels from a small model, with no rules and no scores in between, and holds the result against the masked model.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/slice/edits.h"
#include "runtime/trace/channel_graph.h"
#include "tests/support/script_model.h"

namespace prunec::test {

/// Positions to remove, by the path of a norm.
using Removal = std::map<std::string, std::vector<std::size_t>>;

/// For each channel id, whether it goes: the chosen ones with all that the graph couples to them. Throws when one of them is pinned.
std::vector<bool> removed_by(const ChannelGraph& graph, const Removal& removal);

struct Cut {
  Edits edits;
  Diagnostics problems;   ///< what planning or applying the edits objected to; then nothing was compared
  double difference = 0;  ///< largest difference of any output, relative to the largest value of that output
  Model sliced;           ///< read back from its own file
};

/// Masks, slices, saves, reads back and compares on the input that was traced and on one of another shape.
Cut cut(const ScriptModel& script, const Removal& removal, const std::vector<std::int64_t>& input = {1, 3, 8, 8});

}  // namespace prunec::test

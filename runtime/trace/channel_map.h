// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Which channel lies where in a tensor. Movement of data (reshape, cat, permute, ...) is done to a map by the real operation, so ids move
/// exactly as data does.
#pragma once

#include <ATen/core/Tensor.h>
#include <vector>

#include "runtime/trace/channel_graph.h"

namespace prunec {

/// A whole-number tensor of the same rank as the value, with one entry per position or, on axes along which nothing changes, a single
/// one. An entry is 2 * id + 1 when the content is zero once the channel is removed, 2 * id when it may not be, and -1 for no channel.
/// An undefined tensor: the value carries no channels.
using ChannelMap = at::Tensor;

/// A map of fresh content: these ids along `axis` of a value of that rank.
ChannelMap make_map(const std::vector<ChannelId>& ids, bool zero, std::int64_t axis, std::int64_t rank);

/// Ids in the order of the map's entries; kNoChannel where there is none.
std::vector<ChannelId> ids_of(const ChannelMap& map);
std::vector<bool> zeros_of(const ChannelMap& map);

/// The same channels with another zero flag.
ChannelMap with_zero(const ChannelMap& map, bool zero);

/// Axes along which the channel changes.
std::vector<std::int64_t> channel_axes(const ChannelMap& map);
/// True when nothing changes along any axis but `axis`, so that the map is a list.
bool lies_along(const ChannelMap& map, std::int64_t axis);

/// The map at full size, without copying.
ChannelMap expanded(const ChannelMap& map, const std::vector<std::int64_t>& shape);
/// The smallest map of the same content.
ChannelMap compressed(ChannelMap map);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/channel_map.h"

#include <ATen/ATen.h>

namespace prunec {

namespace {

std::vector<std::int64_t> entries(const ChannelMap& map) {
  const at::Tensor flat = map.contiguous();
  const auto* data = flat.const_data_ptr<std::int64_t>();
  return {data, data + flat.numel()};
}

}  // namespace

ChannelMap make_map(const std::vector<ChannelId>& ids, bool zero, std::int64_t axis, std::int64_t rank) {
  std::vector<std::int64_t> list;
  for (const ChannelId id : ids) list.push_back(id == kNoChannel ? -1 : 2 * static_cast<std::int64_t>(id) + (zero ? 1 : 0));
  std::vector<std::int64_t> shape(static_cast<std::size_t>(rank), 1);
  shape[static_cast<std::size_t>(axis)] = static_cast<std::int64_t>(ids.size());
  return at::tensor(list, at::kLong).reshape(shape);
}

std::vector<ChannelId> ids_of(const ChannelMap& map) {
  std::vector<ChannelId> ids;
  for (const std::int64_t entry : entries(map)) ids.push_back(entry < 0 ? kNoChannel : static_cast<ChannelId>(entry / 2));
  return ids;
}

std::vector<bool> zeros_of(const ChannelMap& map) {
  std::vector<bool> zeros;
  for (const std::int64_t entry : entries(map)) zeros.push_back(entry >= 0 && entry % 2 == 1);
  return zeros;
}

ChannelMap with_zero(const ChannelMap& map, bool zero) {
  return at::where(map < 0, map, at::floor_divide(map, 2) * 2 + (zero ? 1 : 0));
}

std::vector<std::int64_t> channel_axes(const ChannelMap& map) {
  std::vector<std::int64_t> axes;
  for (std::int64_t axis = 0; axis < map.dim(); ++axis) {
    if (map.size(axis) > 1) axes.push_back(axis);
  }
  return axes;
}

bool lies_along(const ChannelMap& map, std::int64_t axis) {
  for (const std::int64_t varying : channel_axes(map)) {
    if (varying != axis) return false;
  }
  return true;
}

ChannelMap expanded(const ChannelMap& map, const std::vector<std::int64_t>& shape) {
  return map.expand(shape);
}

ChannelMap compressed(ChannelMap map) {
  for (std::int64_t axis = 0; axis < map.dim(); ++axis) {
    if (map.size(axis) <= 1) continue;
    const at::Tensor first = map.narrow(axis, 0, 1);
    if (map.stride(axis) == 0 || at::equal(first.expand_as(map), map)) map = first;
  }
  return map;
}

}  // namespace prunec

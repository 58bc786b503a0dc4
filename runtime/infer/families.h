// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/infer/general_paths.h"
#include "runtime/infer/streams.h"

namespace prunec::infer {

enum class Sharing {
  kAlone,  ///< no other norm has its channels
  kAll,    ///< others have the same channels
  kSome,   ///< others have some of its channels
};

/// Norms at the same place of parts that are built alike: what becomes a site.
struct Family {
  std::vector<std::size_t> norms;  ///< in execution order
  std::string shape;               ///< their pattern
  Sharing sharing = Sharing::kAlone;
  bool depthwise = false;
  bool prunable = true;
};

/// The norms of streams that can lose channels, in execution order of the first of each family.
std::vector<Family> families_of(const Streams& streams, const std::vector<GeneralPath>& general);

}  // namespace prunec::infer

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "runtime/infer/general_paths.h"

namespace prunec::infer {

/// The shortest patterns found that match these paths and no other one. They capture the labels `kept`, if the paths have them; other
/// labels give way to text where they hold one value only.
///   chosen: indices into `paths`, which have the patterns and labels of `general`
std::vector<PathPattern> exact_patterns(const std::vector<std::size_t>& chosen, const std::vector<GeneralPath>& general,
                                        const std::vector<std::string>& paths, const std::set<std::string>& kept);

}  // namespace prunec::infer

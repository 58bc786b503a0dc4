// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <vector>

#include "runtime/infer/families.h"
#include "runtime/infer/relations.h"

namespace prunec::infer {

/// A name for each family, from its paths and its part in the network: `bn2`, `down`, `expand`. Not yet unique.
std::vector<std::string> names_of(const std::vector<Family>& families, const std::vector<Relation>& relations,
                                  const std::vector<GeneralPath>& general, const Streams& streams);

/// The name, or one like it that is no word of the language and not taken; takes it.
std::string unique_name(const std::string& name, std::set<std::string>& taken);

}  // namespace prunec::infer

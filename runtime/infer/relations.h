// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "runtime/infer/families.h"

namespace prunec::infer {

/// Families that one statement holds together, since they meet in some stream.
struct Relation {
  std::vector<std::size_t> families;
  std::vector<std::size_t> streams;  ///< where they meet, in execution order
  bool shares_some = false;          ///< the streams are concatenations
};

/// Streams of one norm are in no relation.
std::vector<Relation> relations_of(const std::vector<Family>& families, const Streams& streams);

/// Labels that have the same values on the norms of one stream, and other ones on other streams.
struct Across {
  std::vector<std::string> labels;
  std::vector<Labels> by_hand;  ///< by family of the relation: the values that all of it needs; empty: its paths hold them
};

/// The fewest labels that tell the streams of a relation apart; none when there are no such labels.
std::optional<Across> labels_across(const Relation& relation, const std::vector<Family>& families, const std::vector<GeneralPath>& general,
                                    const Streams& streams);

/// Which families of the relation vote: those that a stream holds several times, else all; on every stream at least one.
std::vector<bool> voters_of(const Relation& relation, const std::vector<Family>& families, const Streams& streams);

/// Whether most of the relation's norms meet inside one repeated part.
bool lies_inside(const Relation& relation, const std::vector<GeneralPath>& general, const Streams& streams);

}  // namespace prunec::infer

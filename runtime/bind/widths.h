// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <vector>

#include "runtime/bind/bound_plan.h"
#include "runtime/bind/declaration.h"

namespace prunec {

/// The members that a statement speaks of.
template <typename S>
std::vector<const SetMember*> members_of(const Scoped<S>& scoped, const CoupledSet& set) {
  std::vector<const SetMember*> members;
  for (const SetMember& member : set.members) {
    const bool named = std::find(scoped.norms.begin(), scoped.norms.end(), member.norm) != scoped.norms.end();
    if (scoped.norms.empty() || named) members.push_back(&member);
  }
  return members;
}

/// Translates `divisible`, `keep at least` and `remove at most`, which speak of a norm's width, into numbers of the set's channels. A
/// channel that lies at several positions of a norm counts there as often. A norm whose channels lie in several sets is bound in each of
/// them by itself, so its width as a whole is too.
void set_widths(const Declaration& declaration, CoupledSet& set);

}  // namespace prunec

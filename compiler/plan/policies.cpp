// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/policies.h"

#include <array>

namespace prunec {
namespace {

constexpr std::array<Policy, 8> kPolicies = {Policy::kMean, Policy::kMax, Policy::kMin, Policy::kSum,
                                             Policy::kL2,   Policy::kAny, Policy::kAll, Policy::kQuota};

}  // namespace

std::optional<Policy> policy_named(std::string_view name) {
  for (const Policy policy : kPolicies) {
    if (to_string(policy) == name) return policy;
  }
  return std::nullopt;
}

std::vector<std::string> policy_names() {
  std::vector<std::string> names;
  for (const Policy policy : kPolicies) names.emplace_back(to_string(policy));
  return names;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/plan.h"

namespace prunec {

const Origin& origin_of(const Statement& statement) {
  return std::visit([](const auto& s) -> const Origin& { return s.origin; }, statement);
}

std::string_view to_string(Policy policy) {
  switch (policy) {
    case Policy::kMean:
      return "mean";
    case Policy::kMax:
      return "max";
    case Policy::kMin:
      return "min";
    case Policy::kSum:
      return "sum";
    case Policy::kL2:
      return "l2";
    case Policy::kAny:
      return "any";
    case Policy::kAll:
      return "all";
    case Policy::kQuota:
      return "quota";
  }
  return "";
}

std::string_view to_string(Rounding rounding) {
  switch (rounding) {
    case Rounding::kUp:
      return "up";
    case Rounding::kDown:
      return "down";
    case Rounding::kNearest:
      return "nearest";
  }
  return "";
}

std::string_view to_string(End end) {
  return end == End::kFirst ? "first" : "last";
}

}  // namespace prunec

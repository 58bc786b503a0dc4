// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/plan.h"

namespace prunec {

const Origin& origin_of(const Statement& statement) {
  return std::visit([](const auto& s) -> const Origin& { return s.origin; }, statement);
}

bool is_amount(const Statement& statement) {
  return std::holds_alternative<Ratio>(statement) || std::holds_alternative<Threshold>(statement) ||
         std::holds_alternative<Budget>(statement);
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

std::string_view to_string(GroupRule rule) {
  return rule == GroupRule::kKeep ? "keep" : "drop";
}

std::string_view to_string(ShuffleRule rule) {
  return rule == ShuffleRule::kKeep ? "keep" : "select";
}

std::string_view to_string(Resource resource) {
  switch (resource) {
    case Resource::kChannels:
      return "channels";
    case Resource::kParams:
      return "params";
    case Resource::kMacs:
      return "macs";
    case Resource::kLatency:
      return "latency";
  }
  return "";
}

std::string_view to_string(RankScope scope) {
  switch (scope) {
    case RankScope::kGlobal:
      return "global";
    case RankScope::kPerLabel:
      return "label";
    case RankScope::kPerSite:
      return "site";
  }
  return "";
}

std::string_view to_string(ScoreKind kind) {
  switch (kind) {
    case ScoreKind::kGamma:
      return "gamma";
    case ScoreKind::kWeightL1:
      return "weight-l1";
    case ScoreKind::kWeightL2:
      return "weight-l2";
  }
  return "";
}

std::string_view to_string(Normalisation normalisation) {
  switch (normalisation) {
    case Normalisation::kNone:
      return "none";
    case Normalisation::kMax:
      return "max";
    case Normalisation::kMean:
      return "mean";
    case Normalisation::kL2:
      return "l2";
  }
  return "";
}

std::string_view to_string(End end) {
  return end == End::kFirst ? "first" : "last";
}

}  // namespace prunec

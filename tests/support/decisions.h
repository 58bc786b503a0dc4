// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/explain/decisions.h"

namespace prunec::test {

/// A small network as it was decided on: `stem` and `layer1.bn` tied by quota, with a carried norm; `layer2.bn` alone, with one channel
/// given back to a multiple of 2; `layer3.bn` kept whole; `fc` untouched.
inline Decisions decisions() {
  Decisions all;
  SetDecision tied;
  tied.width = 4;
  tied.policy = "quota";
  tied.threshold = 0.5;
  tied.rounding = "up";
  tied.scores = {0.15, 0.6, 0.45, 0.85};
  tied.wished = tied.removed = {0, 2};
  tied.statements = {{"prune", {"net.prune", 7, 3, 20}}, {"tie", {"net.prune", 8, 3, 30}}};
  tied.voters = {{"stem", {0.1, 0.4, 0.6, 0.9}, {0}}, {"layer1.bn", {0.2, 0.8, 0.3, 0.8}, {2}}};
  tied.carried = {"layer1.down"};
  tied.layers = {{"conv", 4, {0, 1, 2, 3}, {0, 1, 2, 3}},
                 {"stem", 4, {0, 1, 2, 3}, {0, 1, 2, 3}},
                 {"layer1.bn", 4, {0, 1, 2, 3}, {0, 1, 2, 3}},
                 {"layer1.down", 6, {5, 4, 1, 0}, {0, 1, 2, 3}}};
  SetDecision alone;
  alone.width = 4;
  alone.policy = "mean";
  alone.threshold = 0.5;
  alone.multiple = 2;
  alone.rounding = "up";
  alone.scores = {0.05, 0.7, 0.25, 0.35};
  alone.wished = {0, 2, 3};
  alone.removed = {0, 2};
  alone.statements = {{"prune", {"net.prune", 7, 3, 20}}, {"divisible", {"net.prune", 9, 3, 12}}};
  alone.voters = {{"layer2.bn", {0.05, 0.7, 0.25, 0.35}, {}}};
  alone.layers = {{"layer2.conv", 4, {0, 1, 2, 3}, {0, 1, 2, 3}}, {"layer2.bn", 4, {0, 1, 2, 3}, {0, 1, 2, 3}}};
  SetDecision whole;
  whole.width = 2;
  whole.policy = "mean";
  whole.threshold = 0.5;
  whole.rounding = "up";
  whole.kept_because = "`skip` at net.prune:10 keeps `layer3.bn` whole";
  whole.statements = {{"skip", {"net.prune", 10, 3, 10}}};
  whole.carried = {"layer3.bn"};
  whole.layers = {{"layer3.bn", 2, {0, 1}, {0, 1}}};
  all.sets = {tied, alone, whole};
  all.untouched = {{"fc", 10, "reaches the model's output"}, {"mystery", 0, ""}};
  return all;
}

}  // namespace prunec::test

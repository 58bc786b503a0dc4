// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Budget problems of the shape of known networks, with values drawn at random. They know no LibTorch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/solve/budget/choice.h"

namespace prunec::test {

/// How the scores of a set are spread: as of a freshly trained network, of one trained with an L1 penalty, or nearly alike.
enum class Spread { kHalfNormal, kSparse, kUniform };

enum class Counted { kMacs, kParams, kChannels };

struct Drawn {
  Spread spread = Spread::kHalfNormal;
  Counted counted = Counted::kMacs;
  std::uint64_t seed = 1;
  Units step = 1;  ///< `divisible`, where a set is wide enough
};

BudgetProblem resnet18(const Drawn& drawn);      ///< strategy `all`: residual streams and inner widths
BudgetProblem resnet50(const Drawn& drawn);      ///< strategy `all`
BudgetProblem mobilenet_v2(const Drawn& drawn);  ///< strategy `all`, depthwise layers between
BudgetProblem densenet121(const Drawn& drawn);   ///< strategy `all`, concatenations
BudgetProblem vgg16(const Drawn& drawn);         ///< a chain

/// A chain of residual blocks of this many sets, of `channels` in all.
BudgetProblem chain(std::size_t sets, std::size_t channels, const Drawn& drawn);

}  // namespace prunec::test

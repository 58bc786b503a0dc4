// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/script_model.h"

namespace prunec::test {

enum class Structure {
  kPlain,
  kMoving,  ///< besides: parts of the channels, shuffles, other movements of channels, widths written into the code
  kAll,  ///< besides: convolutions in groups, dense blocks, splits, layers shared by branches, gates of many kinds, other norms, attention
};

struct RandomNetwork {
  ScriptModel script;
  std::string source;  ///< of its forward
};

/// A small network of random structure: plain, depthwise and pointwise layers, residual sums, nested concatenations, gates, pooling, a
/// shared layer, and a pooled or flattened head. Takes 1 x 3 x 8 x 8.
RandomNetwork random_network(unsigned seed, Structure structure = Structure::kPlain);

}  // namespace prunec::test

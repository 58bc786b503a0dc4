// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the source of a random network block by block, and adds the layers that it calls.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/models/random_network.h"

namespace prunec::test {

/// A value of the forward source: N x width x 8 x 8.
struct Feature {
  std::string name;
  std::int64_t width = 0;
};

class NetworkBuilder {
 public:
  NetworkBuilder(unsigned seed, Structure structure) : random_(seed), structure_(structure) {}

  RandomNetwork build();

 private:
  using Block = Feature (NetworkBuilder::*)(const Feature&);

  std::int64_t below(std::int64_t limit) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(limit)); }
  std::int64_t width() { return 3 + below(8); }
  std::string fresh(const std::string& stem) { return stem + std::to_string(count_++); }
  Feature assign(const std::string& expression, std::int64_t width);
  std::string activation(const std::string& value);
  Feature normed(const std::string& value, std::int64_t width);  ///< a norm of the value, and an activation
  Feature step(const Feature& in);
  void head(const Feature& in);
  void wide_head(const Feature& in);

  // plain_blocks.cpp
  Feature layer(const Feature& in, std::int64_t out);
  Feature layer(const Feature& in) { return layer(in, width()); }
  Feature depthwise(const Feature& in);
  Feature sum(const Feature& in);
  Feature concatenation(const Feature& in);
  Feature paths(const Feature& in);
  Feature gate(const Feature& in);
  Feature shared(const Feature& in);
  Feature pooled(const Feature& in);

  // moving_blocks.cpp
  Feature parts(const Feature& in);
  Feature shuffle(const Feature& in);
  Feature movement(const Feature& in);

  // grouped_blocks.cpp: what modern networks group, split and share
  Feature grouped(const Feature& in);
  Feature grouped_bottleneck(const Feature& in);
  Feature multiplied_depthwise(const Feature& in);
  Feature transposed(const Feature& in);
  Feature dense_block(const Feature& in);
  Feature splits_in_turn(const Feature& in);
  Feature shared_branches(const Feature& in);
  Feature shuffle_unit(const Feature& in);

  // gated_blocks.cpp: gates, other norms, other layers, and what pins channels
  Feature linear_gate(const Feature& in);
  Feature selected_branches(const Feature& in);
  Feature position_gate(const Feature& in);
  Feature gated_halves(const Feature& in);
  Feature other_norm(const Feature& in);
  Feature bare_layer(const Feature& in);
  Feature other_size(const Feature& in);
  Feature attention(const Feature& in);

  std::mt19937 random_;
  Structure structure_;
  ScriptModel model_;
  std::string source_;
  int count_ = 0;
};

}  // namespace prunec::test

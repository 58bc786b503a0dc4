// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/random_network.h"

#include <ATen/ATen.h>
#include <cmath>

#include "tests/models/network_builder.h"

namespace prunec::test {

namespace {

/// Keeps the numbers of deep networks in the range of floats.
void scale_down_weights(const torch::jit::Module& module) {
  const at::NoGradGuard no_gradients;
  for (const auto& parameter : module.named_parameters()) {
    const at::Tensor& weight = parameter.value;
    if (weight.dim() > 1) weight.mul_(2 / std::sqrt(static_cast<double>(weight.numel() / weight.size(0)) + 1));
  }
}

}  // namespace

RandomNetwork NetworkBuilder::build() {
  Feature feature = layer({"x", 3});
  const std::int64_t steps = 2 + below(5);
  for (std::int64_t i = 0; i < steps; ++i) feature = step(feature);
  structure_ == Structure::kAll ? wide_head(feature) : head(feature);
  model_.forward(source_);
  if (structure_ == Structure::kAll) scale_down_weights(model_.module());
  return {std::move(model_), std::move(source_)};
}

Feature NetworkBuilder::assign(const std::string& expression, std::int64_t width) {
  Feature feature{fresh("v"), width};
  source_ += "  " + feature.name + " = " + expression + "\n";
  return feature;
}

std::string NetworkBuilder::activation(const std::string& value) {
  static const std::vector<std::string> kNames{"torch.relu", "torch.silu", "torch.hardswish", "torch.tanh"};
  return kNames[static_cast<std::size_t>(below(4))] + "(" + value + ")";
}

Feature NetworkBuilder::normed(const std::string& value, std::int64_t width) {
  const std::string norm = fresh("norm");
  below(6) == 0 ? model_.frozen_norm(norm, width) : model_.norm(norm, width);
  return assign(activation("self." + norm + "(" + value + ")"), width);
}

Feature NetworkBuilder::step(const Feature& in) {
  using B = NetworkBuilder;
  static const std::vector<Block> kBlocks{&B::sum,
                                          &B::depthwise,
                                          &B::concatenation,
                                          &B::gate,
                                          &B::shared,
                                          &B::pooled,
                                          &B::layer,
                                          &B::parts,
                                          &B::shuffle,
                                          &B::movement,
                                          &B::grouped,
                                          &B::grouped_bottleneck,
                                          &B::dense_block,
                                          &B::splits_in_turn,
                                          &B::multiplied_depthwise,
                                          &B::shared_branches,
                                          &B::shuffle_unit,
                                          &B::transposed,
                                          &B::linear_gate,
                                          &B::selected_branches,
                                          &B::position_gate,
                                          &B::gated_halves,
                                          &B::other_norm,
                                          &B::bare_layer,
                                          &B::other_size,
                                          &B::attention,
                                          &B::paths};
  const std::size_t known = structure_ == Structure::kPlain ? 7 : structure_ == Structure::kMoving ? 10 : kBlocks.size();
  const Block block = kBlocks[static_cast<std::size_t>(below(static_cast<std::int64_t>(known)))];
  // Blocks that widen are not put one upon another without end.
  return in.width < 20 ? (this->*block)(in) : layer(in);
}

void NetworkBuilder::head(const Feature& in) {
  const bool flattened = below(2) == 0;
  const std::string whole = flattened ? in.name : "torch.adaptive_avg_pool2d(" + in.name + ", [1, 1])";
  model_.linear("fc", in.width * (flattened ? 64 : 1), 4);
  source_ += "  return self.fc(torch.flatten(" + whole + ", 1))\n";
}

/// Heads of one layer or two, with a norm between them or without, and of one output or two.
void NetworkBuilder::wide_head(const Feature& in) {
  if (below(4) == 0) return head(in);
  const std::int64_t hidden = width();
  const bool whole = below(3) == 0;
  const std::string pooled = below(2) ? in.name + ".mean([2, 3])"
                                      : "torch.adaptive_avg_pool2d(" + in.name + ", [1, 1]).view(-1, " + std::to_string(in.width) + ")";
  const std::string flat = whole ? in.name + ".reshape(" + in.name + ".size(0), -1)" : pooled;
  model_.linear("fc1", in.width * (whole ? 64 : 1), hidden).linear("fc2", hidden, 4).norm("head_norm", hidden);
  const std::string first = below(2) ? "self.head_norm(self.fc1(" + flat + "))" : "self.fc1(" + flat + ")";
  source_ += "  h = torch.relu(" + first + ")\n";
  if (below(3) > 0) {
    source_ += "  return torch.log_softmax(self.fc2(h), 1)\n";
    return;
  }
  model_.conv("mask", in.width, 2, 1, 1, true);
  source_ += "  return self.fc2(torch.dropout(h, 0.5, False)), self.mask(" + in.name + ")\n";
}

RandomNetwork random_network(unsigned seed, Structure structure) {
  return NetworkBuilder(seed, structure).build();
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/budget_instances.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace prunec::test {

namespace {

/// Uniform in (0, 1); the same on every platform, unlike the distributions of the standard library.
double uniform(std::mt19937_64& random) {
  return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

double draw(std::mt19937_64& random, Spread spread) {
  switch (spread) {
    case Spread::kHalfNormal:
      return std::abs(std::sqrt(-2 * std::log(uniform(random))) * std::cos(6.283185307179586 * uniform(random)));
    case Spread::kSparse:  // many nearly zero, few large
      return std::pow(-std::log(uniform(random)), 3);
    case Spread::kUniform:
      return 0.5 + uniform(random);
  }
  return 0;
}

class Builder {
 public:
  explicit Builder(const Drawn& drawn) : drawn_(drawn), random_(drawn.seed) {}

  /// A set of this width. Layers differ in the size of their scores, as they do in practice.
  Extent set(std::int64_t width) {
    Choice choice;
    choice.order = problem_.choices.size();
    const double scale = std::exp(2 * uniform(random_) - 1);
    for (std::int64_t i = 0; i < width; ++i) choice.values.push_back(scale * draw(random_, drawn_.spread));
    std::sort(choice.values.begin(), choice.values.end());
    if (drawn_.step < width) choice.step = drawn_.step;
    const Extent extent{0, {{problem_.choices.size(), 1}}};
    problem_.choices.push_back(std::move(choice));
    if (drawn_.counted == Counted::kChannels) problem_.cost.layers.push_back({{1, {}}, extent, 1, {}});
    return extent;
  }

  void convolution(const Extent& input, const Extent& output, Cost kernel, Cost positions) {
    if (drawn_.counted == Counted::kChannels) return;
    problem_.cost.layers.push_back({input, output, drawn_.counted == Counted::kMacs ? kernel * positions : kernel, {}});
  }

  void depthwise(const Extent& channels, Cost kernel, Cost positions) { convolution({1, {}}, channels, kernel, positions); }

  BudgetProblem done() { return std::move(problem_); }

 private:
  Drawn drawn_;
  std::mt19937_64 random_;
  BudgetProblem problem_;
};

Extent whole(std::int64_t width) {
  return {width, {}};
}

Extent joined(Extent a, const Extent& b) {
  a.constant += b.constant;
  a.terms.insert(a.terms.end(), b.terms.begin(), b.terms.end());
  return a;
}

}  // namespace

BudgetProblem resnet18(const Drawn& drawn) {
  Builder net(drawn);
  Extent stream = net.set(64);
  net.convolution(whole(3), stream, 49, 112 * 112);
  for (int stage = 0; stage < 4; ++stage) {
    const Cost positions = (56 >> stage) * (56 >> stage);
    Extent input = stream;
    if (stage > 0) {
      stream = net.set(64 << stage);
      net.convolution(input, stream, 1, positions);
    }
    for (int block = 0; block < 2; ++block) {
      const Extent inner = net.set(64 << stage);
      net.convolution(block == 0 ? input : stream, inner, 9, positions);
      net.convolution(inner, stream, 9, positions);
    }
  }
  net.convolution(stream, whole(1000), 1, 1);
  return net.done();
}

BudgetProblem resnet50(const Drawn& drawn) {
  Builder net(drawn);
  Extent stream = net.set(64);
  net.convolution(whole(3), stream, 49, 112 * 112);
  const std::array<int, 4> blocks{3, 4, 6, 3};
  for (int stage = 0; stage < 4; ++stage) {
    const Cost positions = (56 >> stage) * (56 >> stage);
    Extent input = stream;
    stream = net.set(256 << stage);
    net.convolution(input, stream, 1, positions);
    for (int block = 0; block < blocks[static_cast<std::size_t>(stage)]; ++block) {
      const Extent narrow = net.set(64 << stage);
      const Extent spatial = net.set(64 << stage);
      net.convolution(block == 0 ? input : stream, narrow, 1, block == 0 && stage > 0 ? positions * 4 : positions);
      net.convolution(narrow, spatial, 9, positions);
      net.convolution(spatial, stream, 1, positions);
    }
  }
  net.convolution(stream, whole(1000), 1, 1);
  return net.done();
}

BudgetProblem mobilenet_v2(const Drawn& drawn) {
  struct Stage {
    int expansion, width, blocks, stride;
  };
  const std::array<Stage, 7> stages{
      {{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}}};
  Builder net(drawn);
  Cost side = 112;
  Extent stream = net.set(32);
  std::int64_t width = 32;
  net.convolution(whole(3), stream, 9, side * side);
  for (const Stage& stage : stages) {
    Extent output;
    for (int block = 0; block < stage.blocks; ++block) {
      const Cost before = side;
      if (block == 0) side /= stage.stride;
      Extent hidden = stream;
      if (stage.expansion > 1) {
        hidden = net.set(width * stage.expansion);
        net.convolution(stream, hidden, 1, before * before);
      }
      net.depthwise(hidden, 9, side * side);
      if (block == 0) output = net.set(stage.width);
      net.convolution(hidden, output, 1, side * side);
      stream = output;
      width = stage.width;
    }
  }
  const Extent head = net.set(1280);
  net.convolution(stream, head, 1, side * side);
  net.convolution(head, whole(1000), 1, 1);
  return net.done();
}

BudgetProblem densenet121(const Drawn& drawn) {
  Builder net(drawn);
  Extent features = net.set(64);
  net.convolution(whole(3), features, 49, 112 * 112);
  const std::array<int, 4> layers{6, 12, 24, 16};
  std::int64_t width = 64;
  for (int block = 0; block < 4; ++block) {
    const Cost positions = (56 >> block) * (56 >> block);
    for (int layer = 0; layer < layers[static_cast<std::size_t>(block)]; ++layer) {
      const Extent narrow = net.set(128);
      const Extent grown = net.set(32);
      net.convolution(features, narrow, 1, positions);
      net.convolution(narrow, grown, 9, positions);
      features = joined(features, grown);
      width += 32;
    }
    if (block == 3) break;
    width /= 2;
    const Extent halved = net.set(width);
    net.convolution(features, halved, 1, positions);
    features = halved;
  }
  net.convolution(features, whole(1000), 1, 1);
  return net.done();
}

BudgetProblem vgg16(const Drawn& drawn) {
  const std::array<std::array<int, 3>, 5> stages{{{64, 2, 224}, {128, 2, 112}, {256, 3, 56}, {512, 3, 28}, {512, 3, 14}}};
  Builder net(drawn);
  Extent last = whole(3);
  for (const auto& [width, layers, side] : stages) {
    for (int layer = 0; layer < layers; ++layer) {
      const Extent next = net.set(width);
      net.convolution(last, next, 9, Cost{side} * side);
      last = next;
    }
  }
  net.convolution(last, whole(10), 1, 1);
  return net.done();
}

BudgetProblem chain(std::size_t sets, std::size_t channels, const Drawn& drawn) {
  Builder net(drawn);
  const auto width = static_cast<std::int64_t>(channels / sets);
  Extent stream = net.set(width);
  net.convolution(whole(3), stream, 9, 1024);
  for (std::size_t s = 1; s < sets; ++s) {
    const Extent inner = net.set(width);
    net.convolution(stream, inner, 9, 256);
    if (s % 8 == 0) {
      stream = inner;
    } else {
      net.convolution(inner, stream, 9, 256);
    }
  }
  return net.done();
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/random_network.h"

#include <random>
#include <string>
#include <vector>

namespace prunec::test {

namespace {

/// A value of the forward source.
struct Feature {
  std::string name;
  std::int64_t width;
};

class Builder {
 public:
  explicit Builder(unsigned seed) : random_(seed) {}

  ScriptModel build() {
    Feature feature = layer({"x", 3}, width());
    const std::int64_t steps = 2 + below(5);
    for (std::int64_t i = 0; i < steps; ++i) feature = step(feature);
    head(feature);
    model_.forward(source_);
    return std::move(model_);
  }

 private:
  std::int64_t below(std::int64_t limit) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(limit)); }
  std::int64_t width() { return 3 + below(8); }
  std::string fresh(const std::string& stem) { return stem + std::to_string(count_++); }

  Feature assign(const std::string& expression, std::int64_t width) {
    Feature feature{fresh("v"), width};
    source_ += "  " + feature.name + " = " + expression + "\n";
    return feature;
  }

  std::string activation(const std::string& value) {
    static const std::vector<std::string> kNames{"torch.relu", "torch.silu", "torch.hardswish", "torch.tanh"};
    return kNames[static_cast<std::size_t>(below(4))] + "(" + value + ")";
  }

  Feature layer(const Feature& in, std::int64_t out) {
    const std::string conv = fresh("conv");
    const std::string norm = fresh("norm");
    model_.conv(conv, in.width, out, below(2) ? 3 : 1, 1, below(2) == 0).norm(norm, out);
    return assign(activation("self." + norm + "(self." + conv + "(" + in.name + "))"), out);
  }

  Feature depthwise(const Feature& in) {
    const std::int64_t out = in.width * (1 + below(2));
    const std::string conv = fresh("depthwise");
    const std::string norm = fresh("norm");
    model_.conv(conv, in.width, out, 3, in.width, below(2) == 0).norm(norm, out);
    return assign(activation("self." + norm + "(self." + conv + "(" + in.name + "))"), out);
  }

  Feature sum(const Feature& in) {
    const Feature branch = layer(layer(in, width()), in.width);
    return assign(branch.name + " + " + in.name, in.width);
  }

  Feature concatenation(const Feature& in) {
    const Feature branch = below(2) ? layer(in, width()) : concatenation(layer(in, width()));
    return assign("torch.cat([" + in.name + ", " + branch.name + "], 1)", in.width + branch.width);
  }

  Feature gate(const Feature& in) {
    const std::string squeeze = fresh("squeeze");
    const std::string excite = fresh("excite");
    model_.conv(squeeze, in.width, 2, 1, 1, true).conv(excite, 2, in.width, 1, 1, true);
    const Feature pooled = assign("torch.adaptive_avg_pool2d(" + in.name + ", [1, 1])", in.width);
    return assign(in.name + " * torch.sigmoid(self." + excite + "(torch.relu(self." + squeeze + "(" + pooled.name + "))))", in.width);
  }

  Feature shared(const Feature& in) {
    const std::string conv = fresh("conv");
    const std::string norm = fresh("norm");
    model_.conv(conv, in.width, in.width).norm(norm, in.width);
    const std::string call = "self." + norm + "(self." + conv + "(";
    const Feature once = assign("torch.relu(" + call + in.name + ")))", in.width);
    return assign("torch.relu(" + call + once.name + ")))", in.width);
  }

  Feature step(const Feature& in) {
    switch (below(7)) {
      case 0:
        return sum(in);
      case 1:
        return depthwise(in);
      case 2:
        return in.width < 20 ? concatenation(in) : layer(in, width());
      case 3:
        return gate(in);
      case 4:
        return shared(in);
      case 5:
        return assign("torch.max_pool2d(" + in.name + ", [3, 3], [1, 1], [1, 1])", in.width);
      default:
        return layer(in, width());
    }
  }

  void head(const Feature& in) {
    const bool flattened = below(2) == 0;
    const std::string pooled = flattened ? in.name : "torch.adaptive_avg_pool2d(" + in.name + ", [1, 1])";
    model_.linear("fc", in.width * (flattened ? 64 : 1), 4);
    source_ += "  return self.fc(torch.flatten(" + pooled + ", 1))\n";
  }

  std::mt19937 random_;
  ScriptModel model_;
  std::string source_;
  int count_ = 0;
};

}  // namespace

ScriptModel random_network(unsigned seed) {
  return Builder(seed).build();
}

}  // namespace prunec::test

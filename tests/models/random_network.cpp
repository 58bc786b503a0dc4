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
  std::int64_t width = 0;
};

class Builder {
 public:
  Builder(unsigned seed, Structure structure) : random_(seed), structure_(structure) {}

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
    const Feature joined = assign("torch.cat([" + in.name + ", " + branch.name + "], 1)", in.width + branch.width);
    return below(2) ? joined : normalised(joined);
  }

  Feature normalised(const Feature& in) {
    const std::string norm = fresh("norm");
    model_.norm(norm, in.width);
    return assign("torch.relu(self." + norm + "(" + in.name + "))", in.width);
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

  /// Parts of the channels, one of which goes through a layer, side by side again.
  Feature parts(const Feature& in) {
    if (in.width < 4) return layer(in, width());
    const std::int64_t first = 1 + below(in.width - 1);
    const std::string whole = in.name;
    Feature left, right;
    if (below(2)) {
      const std::string pair = fresh("pair");
      const std::int64_t half = (in.width + 1) / 2;
      source_ += "  " + pair + " = torch.chunk(" + whole + ", 2, 1)\n";
      left = assign(pair + "[0]", half);
      right = assign(pair + "[1]", in.width - half);
    } else {
      left = assign(whole + "[:, :" + std::to_string(first) + "]", first);
      right = assign(whole + "[:, " + std::to_string(first) + ":]", in.width - first);
    }
    const Feature changed = below(2) ? layer(right, width()) : layer(right, right.width);
    if (changed.width == right.width && below(2)) {
      const Feature sum = assign(changed.name + " + " + right.name, right.width);
      return assign("torch.cat([" + left.name + ", " + sum.name + "], 1)", in.width);
    }
    return assign("torch.cat([" + changed.name + ", " + left.name + "], 1)", left.width + changed.width);
  }

  Feature shuffle(const Feature& in) {
    const std::int64_t groups = in.width % 2 == 0 ? 2 : in.width % 3 == 0 ? 3 : 1;
    if (groups == 1 || groups == in.width) return layer(in, 2 * width());
    const std::string x = in.name, g = std::to_string(groups), n = std::to_string(in.width / groups);
    if (below(3) == 0) return assign("torch.channel_shuffle(" + x + ", " + g + ")", in.width);
    const std::string block = below(2) ? n : x + ".size(1) // " + g;
    const std::string last = below(2) ? std::to_string(in.width) : "-1";
    return assign(x + ".view(" + x + ".size(0), " + g + ", " + block + ", " + x + ".size(2), " + x + ".size(3)).transpose(1, 2).contiguous().view(" +
                      x + ".size(0), " + last + ", " + x + ".size(2), " + x + ".size(3))",
                  in.width);
  }

  /// What moves channels about, or writes their number into the code.
  Feature movement(const Feature& in) {
    const std::string x = in.name, width = std::to_string(in.width);
    switch (below(6)) {
      case 0:
        return assign("torch.flip(" + x + ", [1])", in.width);
      case 1:
        return assign("torch.roll(" + x + ", [2], [1])", in.width);
      case 2:
        return assign(x + ".permute([0, 2, 3, 1]).reshape(" + x + ".size(0), -1, " + width + ").transpose(1, 2).reshape(" + x + ".size(0), " +
                          width + ", " + x + ".size(2), " + x + ".size(3))",
                      in.width);
      case 3: {
        const std::string scale = fresh("scale");
        model_.parameter(scale, {in.width, 1, 1});
        return assign(x + " * self." + scale, in.width);
      }
      case 4:
        return in.width < 12 ? assign("torch.cat([" + x + ", " + x + "], 1)", 2 * in.width) : in;
      default:
        return assign("torch.narrow(" + x + ", 1, 1, " + std::to_string(in.width - 1) + ")", in.width - 1);
    }
  }

  Feature step(const Feature& in) {
    switch (below(structure_ == Structure::kPlain ? 7 : 10)) {
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
      case 7:
        return parts(in);
      case 8:
        return shuffle(in);
      case 9:
        return movement(in);
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
  Structure structure_;
  ScriptModel model_;
  std::string source_;
  int count_ = 0;
};

}  // namespace

ScriptModel random_network(unsigned seed, Structure structure) {
  return Builder(seed, structure).build();
}

}  // namespace prunec::test

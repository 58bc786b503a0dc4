// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/network_builder.h"

namespace prunec::test {

/// A convolution in groups, of a width that they divide.
Feature NetworkBuilder::grouped(const Feature& in) {
  const std::int64_t groups = 2 + below(3), out = groups * (2 + below(3));
  const Feature wide = in.width % groups == 0 && in.width > groups ? in : layer(in, groups * (2 + below(3)));
  const std::string conv = fresh("grouped");
  model_.conv(conv, wide.width, out, below(2) ? 3 : 1, groups, below(2) == 0);
  return normed("self." + conv + "(" + wide.name + ")", out);
}

/// As in ResNeXt and RegNet: narrow, in groups, wide again, added to the input.
Feature NetworkBuilder::grouped_bottleneck(const Feature& in) {
  const std::int64_t groups = 2 + below(2), inner = groups * (2 + below(3));
  const Feature narrow = layer(in, inner);
  const std::string conv = fresh("grouped");
  model_.conv(conv, inner, inner, 3, groups, false);
  Feature middle = normed("self." + conv + "(" + narrow.name + ")", inner);
  if (below(3) == 0) middle = linear_gate(middle);
  const Feature wide = layer(middle, in.width);
  return assign("torch.relu(" + wide.name + " + " + in.name + ")", in.width);
}

Feature NetworkBuilder::multiplied_depthwise(const Feature& in) {
  const std::int64_t out = in.width * (2 + below(2));
  const std::string conv = fresh("depthwise");
  model_.conv(conv, in.width, out, 3, in.width, below(2) == 0);
  return layer(normed("self." + conv + "(" + in.name + ")", out));
}

/// A transposed convolution: dense, in two groups, or depthwise.
Feature NetworkBuilder::transposed(const Feature& in) {
  const std::string conv = fresh("transposed");
  const std::int64_t kind = below(3);
  const bool in_groups = kind == 1 && in.width % 2 == 0 && in.width > 2, depthwise = kind == 2;
  const std::int64_t groups = in_groups ? 2 : depthwise ? in.width : 1;
  const std::int64_t out = depthwise ? in.width * (1 + below(2)) : groups * (2 + below(3));
  model_.custom(conv, {{"weight", {in.width, out / groups, 3, 3}}},
                "  return torch.conv_transpose2d(x, self.weight, None, [1, 1], [1, 1], [0, 0], " + std::to_string(groups) + ")\n");
  return normed("self." + conv + "(" + in.name + ")", out);
}

/// As in DenseNet: each layer begins with a norm of all that came before it.
Feature NetworkBuilder::dense_block(const Feature& in) {
  std::string all = in.name;
  std::int64_t total = in.width;
  const std::int64_t layers = 2 + below(2);
  for (std::int64_t i = 0; i < layers; ++i) {
    const std::int64_t growth = 2 + below(3);
    const Feature before = normed("torch.cat([" + all + "], 1)", total);
    const std::string conv = fresh("conv");
    model_.conv(conv, total, growth, 3);
    all += ", " + assign("self." + conv + "(" + before.name + ")", growth).name;
    total += growth;
  }
  const Feature whole = normed("torch.cat([" + all + "], 1)", total);
  return layer(whole);
}

/// As in Res2Net: parts of equal width, each with what came of the one before it.
Feature NetworkBuilder::splits_in_turn(const Feature& in) {
  const std::int64_t count = 2 + below(2), part = 2 + below(3);
  const Feature wide = layer(in, count * part);
  const std::string parts = fresh("parts"), total = std::to_string(part);
  switch (below(3)) {
    case 0:
      source_ += "  " + parts + " = torch.split(" + wide.name + ", " + total + ", 1)\n";
      break;
    case 1:
      source_ += "  " + parts + " = torch.chunk(" + wide.name + ", " + std::to_string(count) + ", 1)\n";
      break;
    default:
      source_ += "  " + parts + " = torch.split_with_sizes(" + wide.name + ", [" + total + (count == 3 ? ", " + total : "") + ", " + total +
                 "], 1)\n";
  }
  std::string all;
  Feature before;
  const bool added = below(2) == 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string own = parts + "[" + std::to_string(i) + "]";
    Feature now = assign(i > 0 && added ? own + " + " + before.name : own, part);
    if (i > 0 || below(2)) now = layer(now, part);
    all += (i > 0 ? ", " : "") + now.name;
    before = now;
  }
  return assign("torch.cat([" + all + "], 1)", count * part);
}

/// As in the heads of detectors: one layer works on several branches, which are added or put side by side.
Feature NetworkBuilder::shared_branches(const Feature& in) {
  const std::int64_t w = width(), out = width();
  const Feature left = layer(in, w);
  const Feature right = layer(below(2) ? pooled(in) : in, w);
  const std::string conv = fresh("conv"), norm = fresh("norm");
  model_.conv(conv, w, out).norm(norm, out);
  const std::string call = "torch.relu(self." + norm + "(self." + conv + "(";
  const Feature a = assign(call + left.name + ")))", out), b = assign(call + right.name + ")))", out);
  switch (below(3)) {
    case 0:
      return assign(a.name + " + " + b.name, out);
    case 1:
      return assign("torch.maximum(" + a.name + ", " + b.name + ")", out);
    default:
      return assign("torch.cat([" + a.name + ", " + b.name + "], 1)", 2 * out);
  }
}

/// As in ShuffleNetV2: one half goes on as it is, the other through layers, and both are shuffled.
Feature NetworkBuilder::shuffle_unit(const Feature& in) {
  const Feature even = in.width % 2 == 0 ? in : layer(in, 2 * width());
  const std::int64_t half = even.width / 2;
  const std::string pair = fresh("pair");
  source_ += "  " + pair + " = torch.chunk(" + even.name + ", 2, 1)\n";
  const Feature left = assign(pair + "[0]", half), right = assign(pair + "[1]", half);
  const Feature branch = layer(depthwise({layer(right, half).name, half}), half);
  return shuffle(assign("torch.cat([" + left.name + ", " + branch.name + "], 1)", even.width));
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/network_builder.h"

namespace prunec::test {

Feature NetworkBuilder::layer(const Feature& in, std::int64_t out) {
  const std::string conv = fresh("conv");
  const std::string norm = fresh("norm");
  model_.conv(conv, in.width, out, below(2) ? 3 : 1, 1, below(2) == 0).norm(norm, out);
  return assign(activation("self." + norm + "(self." + conv + "(" + in.name + "))"), out);
}

Feature NetworkBuilder::depthwise(const Feature& in) {
  const std::int64_t out = in.width * (1 + below(2));
  const std::string conv = fresh("depthwise");
  const std::string norm = fresh("norm");
  model_.conv(conv, in.width, out, 3, in.width, below(2) == 0).norm(norm, out);
  return assign(activation("self." + norm + "(self." + conv + "(" + in.name + "))"), out);
}

Feature NetworkBuilder::sum(const Feature& in) {
  const Feature branch = layer(layer(in, width()), in.width);
  return assign(branch.name + " + " + in.name, in.width);
}

Feature NetworkBuilder::concatenation(const Feature& in) {
  const Feature branch = below(2) ? layer(in, width()) : concatenation(layer(in, width()));
  const Feature joined = assign("torch.cat([" + in.name + ", " + branch.name + "], 1)", in.width + branch.width);
  if (below(2)) return joined;
  const std::string norm = fresh("norm");
  model_.norm(norm, joined.width);
  return assign("torch.relu(self." + norm + "(" + joined.name + "))", joined.width);
}

/// Paths beside one another that nothing else reads, as in an Inception block.
Feature NetworkBuilder::paths(const Feature& in) {
  const std::int64_t count = 2 + below(3);
  std::int64_t total = 0;
  std::string all;
  for (std::int64_t i = 0; i < count; ++i) {
    Feature path = layer(below(3) ? in : pooled(in), width());
    if (below(2)) path = layer(path, width());
    total += path.width;
    all += (all.empty() ? "" : ", ") + path.name;
  }
  return layer(assign("torch.cat([" + all + "], 1)", total), width());
}

Feature NetworkBuilder::gate(const Feature& in) {
  const std::string squeeze = fresh("squeeze");
  const std::string excite = fresh("excite");
  model_.conv(squeeze, in.width, 2, 1, 1, true).conv(excite, 2, in.width, 1, 1, true);
  const Feature pooled = assign("torch.adaptive_avg_pool2d(" + in.name + ", [1, 1])", in.width);
  return assign(in.name + " * torch.sigmoid(self." + excite + "(torch.relu(self." + squeeze + "(" + pooled.name + "))))", in.width);
}

Feature NetworkBuilder::shared(const Feature& in) {
  const std::string conv = fresh("conv");
  const std::string norm = fresh("norm");
  model_.conv(conv, in.width, in.width).norm(norm, in.width);
  const std::string call = "self." + norm + "(self." + conv + "(";
  const Feature once = assign("torch.relu(" + call + in.name + ")))", in.width);
  return assign("torch.relu(" + call + once.name + ")))", in.width);
}

Feature NetworkBuilder::pooled(const Feature& in) {
  return assign("torch.max_pool2d(" + in.name + ", [3, 3], [1, 1], [1, 1])", in.width);
}

}  // namespace prunec::test

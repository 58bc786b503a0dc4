// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/network_builder.h"

namespace prunec::test {

/// Squeeze and excitation with linear layers, with biases or without.
Feature NetworkBuilder::linear_gate(const Feature& in) {
  const std::string squeeze = fresh("squeeze"), excite = fresh("excite"), x = in.name, wide = std::to_string(in.width);
  const std::int64_t narrow = 2 + below(3);
  if (below(2)) {
    model_.linear(squeeze, in.width, narrow).linear(excite, narrow, in.width);
  } else {
    model_.custom(squeeze, {{"weight", {narrow, in.width}}}, "  return torch.linear(x, self.weight)\n");
    model_.custom(excite, {{"weight", {in.width, narrow}}}, "  return torch.linear(x, self.weight)\n");
  }
  const std::string pooled =
      below(2) ? "torch.adaptive_avg_pool2d(" + x + ", [1, 1]).view(" + x + ".size(0), " + wide + ")" : x + ".mean([2, 3])";
  const Feature gate = assign("torch.sigmoid(self." + excite + "(torch.relu(self." + squeeze + "(" + pooled + "))))", in.width);
  switch (below(3)) {
    case 0:
      return assign(x + " * " + gate.name + ".view(" + x + ".size(0), " + wide + ", 1, 1)", in.width);
    case 1:
      return assign(x + " * " + gate.name + ".unsqueeze(-1).unsqueeze(-1).expand_as(" + x + ")", in.width);
    default:
      return assign(x + " * " + gate.name + "[:, :, None, None]", in.width);
  }
}

/// As in SKNet: branches side by side on an axis of their own, weighted by a softmax over it.
Feature NetworkBuilder::selected_branches(const Feature& in) {
  const std::int64_t w = width();
  const Feature left = layer(in, w), right = layer(in, w);
  const std::string both = fresh("both"), select = fresh("select");
  model_.conv(select, w, 2 * w, 1, 1, true);
  source_ += "  " + both + " = torch.stack([" + left.name + ", " + right.name + "], 1)\n";
  const Feature weights = assign("self." + select + "(" + both + ".sum(1).mean([2, 3], True))", 2 * w);
  const std::string shape = weights.name + ".view(" + weights.name + ".size(0), 2, " + (below(2) ? std::to_string(w) : "-1") + ", 1, 1)";
  return assign("(" + both + " * torch.softmax(" + shape + ", 1)).sum(1)", w);
}

/// A gate that is the same for all channels: what it is computed of always stays.
Feature NetworkBuilder::position_gate(const Feature& in) {
  const std::string conv = fresh("gate");
  if (below(2)) {
    model_.conv(conv, in.width, 1, 1, 1, true);
    return assign(in.name + " * torch.sigmoid(self." + conv + "(" + in.name + "))", in.width);
  }
  model_.conv(conv, 2, 1, 3);
  const Feature wide = layer(in);
  const std::string x = wide.name;
  return assign(x + " * torch.sigmoid(self." + conv + "(torch.cat([" + x + ".mean(1, True), torch.amax(" + x + ", [1], True)], 1)))",
                wide.width);
}

Feature NetworkBuilder::gated_halves(const Feature& in) {
  const std::int64_t w = width();
  const Feature both = layer(in, 2 * w);
  if (below(2)) return assign("torch.glu(" + both.name + ", 1)", w);
  const std::string pair = fresh("pair");
  source_ += "  " + pair + " = torch.chunk(" + both.name + ", 2, 1)\n";
  return assign(pair + "[0] * " + pair + "[1]", w);
}

Feature NetworkBuilder::other_norm(const Feature& in) {
  const std::string norm = fresh("other"), wide = std::to_string(in.width);
  const std::string call = "self." + norm + "(" + in.name + ")";
  switch (below(6)) {
    case 0:
      model_.custom(norm, {{"weight", {in.width}}, {"bias", {in.width}}},
                    "  return torch.instance_norm(x, self.weight, self.bias, None, None, True, 0.1, 0.001, False)\n");
      return assign(call, in.width);
    case 1:
      model_.custom(norm, {{"weight", {8, 8}}}, "  return torch.layer_norm(x, [8, 8], self.weight, None, 0.001)\n");
      return layer(assign(call, in.width));
    case 2:
      model_.custom(norm, {{"weight", {in.width}}, {"bias", {in.width}}},
                    "  return torch.group_norm(x, 1, self.weight, self.bias, 0.001)\n");
      return layer(assign(call, in.width));
    case 3:
      model_.custom(
          norm, {{"weight", {in.width}}, {"bias", {in.width}}},
          "  return torch.layer_norm(x.permute([0, 2, 3, 1]), [" + wide + "], self.weight, self.bias, 0.001).permute([0, 3, 1, 2])\n");
      return layer(assign(call, in.width));
    case 4:
      model_.custom(norm, {{"weight", {in.width}}}, "  return torch.prelu(x, self.weight)\n");
      return assign(call, in.width);
    default: {
      const std::string shift = fresh("shift");
      model_.parameter(shift, {1, in.width, 1, 1}).parameter(norm, {in.width});
      return layer(
          assign("(" + in.name + " + self." + shift + ") * self." + norm + ".view(1, " + (below(2) ? wide : "-1") + ", 1, 1)", in.width));
    }
  }
}

/// A convolution that no norm follows.
Feature NetworkBuilder::bare_layer(const Feature& in) {
  const std::string conv = fresh("bare");
  const std::int64_t out = width();
  model_.conv(conv, in.width, out, 3, 1, below(3) > 0);
  return assign("torch.relu(self." + conv + "(" + in.name + "))", out);
}

/// A path at half the size, back again by one of several ways, beside the input or added to it.
Feature NetworkBuilder::other_size(const Feature& in) {
  const Feature half = assign("torch.avg_pool2d(" + in.name + ", [2, 2])", in.width);
  const bool added = below(2) == 0;
  const std::int64_t w = added ? in.width : width();
  Feature back;
  if (below(3) == 0) {
    const Feature wide = layer(half, 4 * w);
    back = assign("torch.pixel_shuffle(" + wide.name + ", 2)", w);
  } else {
    const Feature wide = layer(half, w);
    back = assign(below(2) ? "torch.upsample_nearest2d(" + wide.name + ", [8, 8], None, None)"
                           : "torch.upsample_bilinear2d(" + wide.name + ", [8, 8], False, None, None)",
                  w);
  }
  if (added) return assign(back.name + " + " + in.name, w);
  return assign("torch.cat([" + back.name + ", torch.constant_pad_nd(" + in.name + "[:, :, 1:, 1:], [1, 0, 1, 0], 0)], 1)", w + in.width);
}

/// Attention between positions, and one between channels: both keep their channels whole.
Feature NetworkBuilder::attention(const Feature& in) {
  const std::int64_t w = 2 + below(3);
  const std::string x = in.name;
  if (below(2)) {
    const std::string conv = fresh("mix");
    model_.custom(conv, {{"weight", {1, 1, 3}}}, "  return torch.conv1d(x, self.weight, None, [1], [1])\n");
    const Feature pooled = assign(x + ".mean([2, 3], True).squeeze(-1).transpose(-1, -2)", in.width);
    return assign(x + " * torch.sigmoid(self." + conv + "(" + pooled.name + ").transpose(-1, -2).unsqueeze(-1))", in.width);
  }
  const Feature query = layer(in, w), key = layer(in, w), value = layer(in, in.width);
  const Feature scores =
      assign("torch.softmax(torch.bmm(" + query.name + ".flatten(2).transpose(1, 2), " + key.name + ".flatten(2)), -1)", 0);
  const Feature mixed = assign("torch.bmm(" + value.name + ".flatten(2), " + scores.name + ".transpose(1, 2)).view(" + x + ".size(0), " +
                                   std::to_string(in.width) + ", 8, 8)",
                               in.width);
  return layer(assign(mixed.name + " + " + x, in.width));
}

}  // namespace prunec::test

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/network_builder.h"

namespace prunec::test {

/// Parts of the channels, one of which goes through a layer, side by side again.
Feature NetworkBuilder::parts(const Feature& in) {
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

Feature NetworkBuilder::shuffle(const Feature& in) {
  const std::int64_t groups = in.width % 2 == 0 ? 2 : in.width % 3 == 0 ? 3 : 1;
  if (groups == 1 || groups == in.width) return layer(in, 2 * width());
  const std::string x = in.name, g = std::to_string(groups), n = std::to_string(in.width / groups);
  if (below(3) == 0) return assign("torch.channel_shuffle(" + x + ", " + g + ")", in.width);
  const std::string block = below(2) ? n : x + ".size(1) // " + g;
  const std::string last = below(2) ? std::to_string(in.width) : "-1";
  return assign(x + ".view(" + x + ".size(0), " + g + ", " + block + ", " + x + ".size(2), " + x +
                    ".size(3)).transpose(1, 2).contiguous().view(" + x + ".size(0), " + last + ", " + x + ".size(2), " + x + ".size(3))",
                in.width);
}

/// What moves channels about, or writes their number into the code.
Feature NetworkBuilder::movement(const Feature& in) {
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

}  // namespace prunec::test

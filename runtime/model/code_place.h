// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace prunec {

/// Where in a model's code an operation stands. Data, and good for every copy of the same file.
struct CodePlace {
  std::string module;  ///< path of the module whose method it is; empty: the model itself
  std::string method;
  /// Its number among the operations of the method, from 0, inner blocks counted where they stand. Several: all but the last are calls of
  /// functions, each inside the one before, and the last counts inside the innermost.
  std::vector<std::int64_t> nodes;

  friend auto operator<=>(const CodePlace&, const CodePlace&) = default;
};

/// `features.3.forward#12`, or `features.3.forward#12/4` inside a function that is called there.
inline std::string to_string(const CodePlace& place) {
  std::string text = place.module;
  if (!text.empty()) text += ".";
  text += place.method + "#";
  for (std::size_t i = 0; i < place.nodes.size(); ++i) {
    if (i > 0) text += "/";
    text += std::to_string(place.nodes[i]);
  }
  return text;
}

}  // namespace prunec

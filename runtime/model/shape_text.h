// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <c10/util/ArrayRef.h>
#include <string>

namespace prunec {

/// A shape as people write it: "1x3x224x224".
inline std::string shape_text(c10::IntArrayRef shape) {
  std::string text;
  for (const std::int64_t size : shape) {
    if (!text.empty()) text += "x";
    text += std::to_string(size);
  }
  return text;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace prunec {

/// The path of the module that owns a parameter: `layer1.0.conv1` for `layer1.0.conv1.weight`, empty for one of the model itself.
inline std::string owner_of(std::string_view key) {
  const std::size_t dot = key.rfind('.');
  return std::string(dot == std::string_view::npos ? std::string_view() : key.substr(0, dot));
}

}  // namespace prunec

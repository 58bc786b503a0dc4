// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace prunec {

/// Whether a module path or state_dict key is that of the module or of something in it.
inline bool lies_within(const std::string& name, const std::string& module) {
  return name.starts_with(module) && (name.size() == module.size() || name[module.size()] == '.');
}

/// The path and those of all modules that contain it, outermost first, the model itself left out.
inline std::vector<std::string> chain_of(const std::string& path) {
  std::vector<std::string> chain;
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) chain.push_back(path.substr(0, dot));
  if (!path.empty()) chain.push_back(path);
  return chain;
}

}  // namespace prunec

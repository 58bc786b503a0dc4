// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <torch/csrc/jit/api/module.h>
#include <unordered_map>

namespace prunec {

/// The paths of a model's modules, by the modules.
class ModulePaths {
 public:
  explicit ModulePaths(const torch::jit::Module& model) {
    for (const auto& module : model.named_modules()) paths_.emplace(module.value._ivalue().get(), module.name);
  }

  /// Empty for the model itself, for null and for what is none of its modules.
  std::string of(const torch::jit::Object* module) const {
    if (!module) return {};
    const auto path = paths_.find(module->_ivalue().get());
    return path == paths_.end() ? std::string() : path->second;
  }

 private:
  std::unordered_map<const c10::ivalue::Object*, std::string> paths_;
};

}  // namespace prunec

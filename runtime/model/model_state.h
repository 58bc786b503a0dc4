// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <torch/csrc/jit/api/module.h>
#include <unordered_map>

#include "runtime/model/model.h"

namespace prunec {

struct Model::State {
  explicit State(torch::jit::Module loaded);

  torch::jit::Module module;
  /// Parameters and buffers by state_dict key. Edits give a tensor other data and leave it the same tensor, so this stays true.
  std::unordered_map<std::string, at::Tensor> tensors;
};

}  // namespace prunec

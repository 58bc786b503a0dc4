// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <torch/csrc/jit/api/module.h>
#include <utility>
#include <vector>

namespace prunec {

/// Puts a model into evaluation mode and gives it back as it was: each module's own mode, and the content of every buffer, since a model
/// whose training mode is baked into its graph changes its running statistics when it runs.
class Undisturbed {
 public:
  explicit Undisturbed(const torch::jit::Module& model);
  ~Undisturbed();
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;

 private:
  std::vector<std::pair<torch::jit::Module, bool>> modes_;
  std::vector<std::pair<at::Tensor, at::Tensor>> buffers_;  ///< the buffer and a copy of its content
};

}  // namespace prunec

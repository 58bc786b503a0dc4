// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <torch/csrc/jit/api/module.h>
#include <utility>
#include <vector>

#include "runtime/model/calling.h"

namespace prunec {

/// Puts a model into evaluation mode for a run on `batch`, a detector on images of the size they have, and gives it back as it was: each
/// module's own mode, the image size, and the content of every buffer, since a model whose training mode is baked into its graph changes
/// its running statistics when it runs.
class Undisturbed {
 public:
  Undisturbed(const torch::jit::Module& model, const at::Tensor& batch);
  ~Undisturbed();
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;

 private:
  OwnImageSize image_size_;
  std::vector<std::pair<torch::jit::Module, bool>> modes_;
  std::vector<std::pair<at::Tensor, at::Tensor>> buffers_;  ///< the buffer and a copy of its content
};

}  // namespace prunec
